// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.scalar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The C text of the functions that primitives call: straight lines of arithmetic that vectorise, valid for C compilers
 * and for CUDA, without headers.
 */
public final class MathLibrary {
    private static final String SOURCE = "math.c";
    private static final String MARK = "\n//: ";
    private static final String ARROW = " <- ";
    private static final Map<String, Section> SECTIONS = sections();

    private MathLibrary() {}

    /** One function, or a few helpers, with the names of the sections it uses. */
    private record Section(String text, List<String> uses) {}

    /**
     * The definitions that the C spellings of these primitives need, to stand once at the head of a translation unit.
     * Texts for both precisions may stand in one unit.
     */
    public static String definitions(Set<Primitive> primitives, Precision precision) {
        Set<String> needed = new HashSet<>();
        for (Primitive primitive : primitives) {
            Optional<String> function = primitive.function();
            if (function.isPresent()) {
                require(name(function.get(), precision), needed);
            }
        }
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Section> section : SECTIONS.entrySet()) {
            if (needed.contains(section.getKey())) {
                String guard = "JNO_HAS_" + section.getKey();
                text.append("#ifndef ")
                        .append(guard)
                        .append("\n#define ")
                        .append(guard)
                        .append('\n');
                text.append(section.getValue().text()).append("#endif\n");
            }
        }
        return text.toString();
    }

    static String name(String function, Precision precision) {
        return precision == Precision.SINGLE ? function + "f" : function;
    }

    private static void require(String name, Set<String> needed) {
        if (needed.add(name)) {
            for (String use : SECTIONS.get(name).uses()) {
                require(use, needed);
            }
        }
    }

    /** A section goes from the line that opens it to the next such line. */
    private static Map<String, Section> sections() {
        Map<String, Section> sections = new LinkedHashMap<>();
        String source = source();
        int mark = source.indexOf(MARK);
        while (mark >= 0) {
            int head = mark + MARK.length();
            int text = source.indexOf('\n', head) + 1;
            mark = source.indexOf(MARK, text - 1);
            String names = source.substring(head, text - 1);
            int arrow = names.indexOf(ARROW);
            String name = arrow < 0 ? names : names.substring(0, arrow);
            List<String> uses = arrow < 0
                    ? List.of()
                    : List.of(names.substring(arrow + ARROW.length()).split(" ", -1));
            sections.put(name, new Section(source.substring(text, mark < 0 ? source.length() : mark + 1), uses));
        }
        return sections;
    }

    private static String source() {
        try (InputStream in = MathLibrary.class.getResourceAsStream(SOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("The class path holds no " + SOURCE + " beside MathLibrary.", e);
        }
    }
}
