// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.optimize.Kernel;
import org.sparkjno.kernels.optimize.Schedule;
import org.sparkjno.kernels.optimize.Slot;
import org.sparkjno.kernels.scalar.MathLibrary;
import org.sparkjno.kernels.scalar.Precision;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * A whole schedule as C: one function per distinct kernel, and one that calls them in order.
 *
 * <p>The entry is {@code void jno_run(char** m)}, where {@code m[0]} is the arena, {@code m[1]} the constants, then the
 * inputs and the outputs.
 */
public final class Program {
    /** Name of the entry function. */
    public static final String ENTRY = "jno_run";

    private final Schedule schedule;
    private final Registers registers;
    private final Map<String, String> functions = new LinkedHashMap<>();
    private final List<String> calls = new ArrayList<>();

    /**
     * Renders a schedule.
     *
     * @param schedule what to run
     * @param registers of the processor it will run on
     */
    public Program(Schedule schedule, Registers registers) {
        this.schedule = schedule;
        this.registers = registers;
        schedule.kernels().forEach(this::add);
    }

    private void add(Kernel kernel) {
        Signature signature = new Signature(kernel, schedule::slot);
        CText text = new CText();
        text.open("NAME%s", signature.parameters());
        if (!reordersSums(kernel)) {
            text.line("#pragma clang fp reassociate(off) reciprocal(off)");
        }
        if (kernel instanceof Kernel.Loop loop) {
            new LoopText(loop, signature, text).write();
        } else if (kernel instanceof Kernel.Contraction contraction) {
            new ContractionText(contraction, signature, registers, text).write();
        } else if (kernel instanceof Kernel.Clear clear) {
            Value target = clear.target().base();
            text.line("__builtin_memset(p0, 0, %d);", target.type().bytes());
        }
        text.close();
        String name = functions.computeIfAbsent(text.toString(), key -> "k" + functions.size());
        calls.add(name + signature.arguments(this::address) + ";");
    }

    /**
     * Whether the vectoriser may sum in lanes. Elsewhere the arithmetic is done as written, since x − (x + x) at infinity is
     * NaN.
     */
    private static boolean reordersSums(Kernel kernel) {
        return kernel instanceof Kernel.Loop loop && !loop.folds().isEmpty();
    }

    private String address(Slot slot) {
        String region = switch (slot.region()) {
            case ARENA -> "m[0]";
            case CONSTANTS -> "m[1]";
            case INPUT -> "m[" + (2 + slot.index()) + "]";
            case OUTPUT -> "m[" + (2 + schedule.optimised().inputs().size() + slot.index()) + "]";
        };
        return slot.offset() == 0 ? region : region + " + " + slot.offset();
    }

    /** Number of distinct kernels. */
    public int distinctKernels() {
        return functions.size();
    }

    /** The text, divided into units that can be compiled side by side; the first one holds the entry. */
    public List<String> units(int most) {
        int count = Math.max(1, Math.min(most, functions.size() / 8));
        List<StringBuilder> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bodies.add(new StringBuilder(prelude()));
        }
        StringBuilder entry = new StringBuilder();
        List<Map.Entry<String, String>> longestFirst = new ArrayList<>(functions.entrySet());
        longestFirst.sort(
                (a, b) -> Integer.compare(b.getKey().length(), a.getKey().length()));
        for (Map.Entry<String, String> function : longestFirst) {
            StringBuilder shortest = bodies.get(0);
            for (StringBuilder body : bodies) {
                shortest = body.length() < shortest.length() ? body : shortest;
            }
            String head = "__attribute__((visibility(\"hidden\"))) void ";
            String definition = function.getKey().replaceFirst("NAME", function.getValue());
            shortest.append(head).append(definition).append('\n');
            entry.append(head).append(definition, 0, definition.indexOf(" {")).append(";\n");
        }
        entry.append("\nvoid ").append(ENTRY).append("(char** m) {\n");
        calls.forEach(call -> entry.append("  ").append(call).append('\n'));
        bodies.get(0).append(entry).append("}\n");
        return bodies.stream().map(StringBuilder::toString).toList();
    }

    /** Vector types and the scalar functions that the kernels call. */
    private String prelude() {
        Map<Precision, Set<Primitive>> used = new EnumMap<>(Precision.class);
        for (Kernel kernel : schedule.kernels()) {
            List<Value> body = kernel instanceof Kernel.Loop loop
                    ? loop.body()
                    : kernel instanceof Kernel.Contraction contraction ? contraction.body() : List.of();
            for (Value value : body) {
                if (value.op() instanceof Op.Elementwise op) {
                    DType dtype =
                            value.operands().get(value.operands().size() - 1).dtype();
                    used.computeIfAbsent(CType.precision(dtype), key -> EnumSet.noneOf(Primitive.class))
                            .add(op.primitive());
                }
            }
            if (kernel instanceof Kernel.Loop loop) {
                for (Kernel.Fold fold : loop.folds()) {
                    used.computeIfAbsent(CType.precision(fold.value().dtype()), key -> EnumSet.noneOf(Primitive.class))
                            .addAll(Set.of(Primitive.MAX, Primitive.MIN));
                }
            }
        }
        StringBuilder prelude = new StringBuilder(ContractionText.prelude(registers));
        used.forEach((precision, primitives) -> prelude.append(MathLibrary.definitions(primitives, precision)));
        return prelude.append('\n').toString();
    }
}
