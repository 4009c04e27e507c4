// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.scalar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The C text of the functions that primitives call: straight lines of arithmetic that vectorise, valid for C compilers
 * and for CUDA, without headers.
 */
public final class MathLibrary {
    private static final String SOURCE = "math.c";
    private static final String MARK = "//: ";
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
            primitive.function().ifPresent(function -> require(name(function, precision), needed));
        }
        StringBuilder text = new StringBuilder();
        SECTIONS.forEach((name, section) -> {
            if (needed.contains(name)) {
                String guard = "JNO_HAS_" + name;
                text.append("#ifndef ")
                        .append(guard)
                        .append("\n#define ")
                        .append(guard)
                        .append('\n');
                text.append(section.text()).append("#endif\n");
            }
        });
        return text.toString();
    }

    static String name(String function, Precision precision) {
        return precision == Precision.SINGLE ? function + "f" : function;
    }

    private static void require(String name, Set<String> needed) {
        if (needed.add(name)) {
            SECTIONS.get(name).uses().forEach(use -> require(use, needed));
        }
    }

    private static Map<String, Section> sections() {
        Map<String, Section> sections = new LinkedHashMap<>();
        String[] parts = source().split("(?m)^" + MARK, -1);
        for (String part : List.of(parts).subList(1, parts.length)) {
            String head = part.lines().findFirst().orElseThrow();
            String[] names = head.split(" <- ", -1);
            List<String> uses = names.length > 1 ? List.of(names[1].split(" ", -1)) : List.of();
            sections.put(names[0], new Section(part.substring(head.length() + 1), uses));
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
