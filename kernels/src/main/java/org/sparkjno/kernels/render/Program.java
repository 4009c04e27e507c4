// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.optimize.Access;
import org.sparkjno.kernels.optimize.Kernel;
import org.sparkjno.kernels.optimize.Schedule;
import org.sparkjno.kernels.optimize.Slot;
import org.sparkjno.kernels.random.Threefry;
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

    private static final String CLOCK = """
            extern int clock_gettime(int clock, long* time);
            static long* jno_times;
            static long jno_last;
            static long jno_now(void) {
              long time[2];
              clock_gettime(1 /* monotonic */, time);
              return time[0] * 1000000000L + time[1];
            }
            static void jno_tick(long step) {
              const long now = jno_now();
              jno_times[step] += now - jno_last;
              jno_last = now;
            }
            """;

    private final Registers registers;
    private final boolean timed;
    private final Map<String, String> functions = new LinkedHashMap<>();
    private final List<Kernel> kernels = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final StringBuilder loops = new StringBuilder();
    private final String entry;
    private int loopCount;

    /**
     * One kernel of the schedule, or of a loop in it.
     *
     * @param function its name
     * @param text its definition
     */
    public record Step(String function, String text) {}

    private Program(Schedule schedule, Registers registers, boolean timed) {
        this.registers = registers;
        this.timed = timed;
        CText text = new CText();
        text.open("void %s(char** m)", ENTRY);
        if (timed) {
            text.line("jno_times = (long*)m[%d];", 2 + schedule.arguments());
            text.line("jno_last = jno_now();");
        }
        steps(schedule, text);
        this.entry = text.close().toString();
    }

    /**
     * Renders a schedule.
     *
     * @param schedule what to run
     * @param registers of the processor it will run on
     */
    public Program(Schedule schedule, Registers registers) {
        this(schedule, registers, false);
    }

    /**
     * A program that also tells the time: behind the addresses of the outputs it takes that of one {@code long} per step, to
     * which it adds the nanoseconds that the step takes.
     */
    public static Program timed(Schedule schedule, Registers registers) {
        return new Program(schedule, registers, true);
    }

    /** Calls the kernels of a schedule in order; {@code m} is its memory. */
    private void steps(Schedule schedule, CText text) {
        for (Kernel kernel : schedule.kernels()) {
            kernels.add(kernel);
            if (kernel instanceof Kernel.Repeat repeat) {
                repeat(repeat, schedule, text);
                continue;
            }
            call(kernel, schedule, text);
            if (timed) {
                text.line("jno_tick(%d);", steps.size() - 1);
            }
        }
    }

    private void call(Kernel kernel, Schedule schedule, CText call) {
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
        } else if (kernel instanceof Kernel.Dedicated dedicated) {
            new DedicatedText(dedicated, signature, text).write();
        } else if (kernel instanceof Kernel.Clear clear) {
            Value target = clear.target().base();
            text.line("__builtin_memset(p0, 0, %d);", target.type().bytes());
        }
        text.close();
        String name = functions.computeIfAbsent(text.toString(), key -> "k" + functions.size());
        call.line("%s", name + signature.arguments(slot -> address(slot, schedule)) + ";");
        steps.add(new Step(name, text.toString().replaceFirst("NAME", "void " + name)));
    }

    /** A loop has memory of its own: scratch, the constants, and where its body's inputs and outputs now are. */
    private void repeat(Kernel.Repeat repeat, Schedule around, CText text) {
        String name = "loop" + loopCount++;
        StringJoiner memory = new StringJoiner(", ", "{", "}");
        memory.add(address(repeat.scratch(), around)).add("m[1]");
        List<Kernel.Advance> advances = new ArrayList<>(repeat.inputs());
        advances.addAll(repeat.outputs());
        advances.forEach(advance -> memory.add(address(advance.access(), around)));
        text.open("").line("char* of[] = %s;", memory).line("%s(of);", name).close();

        CText body = new CText();
        body.open("static void %s(char** m)", name);
        body.loop("t", repeat.length());
        steps(repeat.body(), body);
        for (int i = 0; i < advances.size(); i++) {
            Kernel.Advance advance = advances.get(i);
            if (advance.step() != 0) {
                long bytes = advance.step() * advance.access().base().dtype().bytes();
                body.line("m[%d] += %d;", 2 + i, bytes);
            }
        }
        loops.append(body.close().close());
    }

    private static String address(Access access, Schedule schedule) {
        Slot slot = schedule.slot(access.base());
        long bytes = access.offset() * access.base().dtype().bytes();
        return address(new Slot(slot.region(), slot.index(), slot.offset() + bytes), schedule);
    }

    /**
     * Whether the vectoriser may sum in lanes. Elsewhere the arithmetic is done as written, since x − (x + x) at infinity is
     * NaN.
     */
    private static boolean reordersSums(Kernel kernel) {
        return kernel instanceof Kernel.Loop loop && !loop.folds().isEmpty();
    }

    private static String address(Slot slot, Schedule schedule) {
        String region = switch (slot.region()) {
            case ARENA -> "m[0]";
            case CONSTANTS -> "m[1]";
            case INPUT -> "m[" + (2 + slot.index()) + "]";
            case OUTPUT -> "m[" + (2 + schedule.optimised().inputs().size() + slot.index()) + "]";
        };
        return slot.offset() == 0 ? region : region + " + " + slot.offset();
    }

    /** Of the processor that this is for. */
    public Registers registers() {
        return registers;
    }

    /** The kernels of the schedule and, in the place of each loop, those of its body. */
    public List<Step> steps() {
        return Collections.unmodifiableList(steps);
    }

    /** The functions that call the steps in order: the loops and the entry. */
    public String driver() {
        return loops + entry;
    }

    /** The text, divided into units that can be compiled side by side; the first one holds the entry. */
    public List<String> units(int most) {
        int count = Math.max(1, Math.min(most, functions.size() / 8));
        List<StringBuilder> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bodies.add(new StringBuilder(prelude()));
        }
        StringBuilder declarations = new StringBuilder();
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
            declarations
                    .append(head)
                    .append(definition, 0, definition.indexOf(" {"))
                    .append(";\n");
        }
        bodies.get(0).append(declarations).append(timed ? CLOCK : "").append(driver());
        return bodies.stream().map(StringBuilder::toString).toList();
    }

    private boolean calls(String function) {
        return functions.keySet().stream().anyMatch(text -> text.contains(function + "("));
    }

    /** Vector types and the scalar functions that the kernels call. */
    private String prelude() {
        Map<Precision, Set<Primitive>> used = new EnumMap<>(Precision.class);
        for (Kernel kernel : kernels) {
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
        if (calls("jno_widen") || calls("jno_narrow")) {
            prelude.append(CType.BFLOAT16);
        }
        if (calls("jno_threefry")) {
            prelude.append(Threefry.definition());
        }
        used.forEach((precision, primitives) -> prelude.append(MathLibrary.definitions(primitives, precision)));
        return prelude.append('\n').toString();
    }
}
