// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.optimize.Access;
import org.sparkjno.kernels.optimize.Kernel;
import org.sparkjno.kernels.optimize.Schedule;
import org.sparkjno.kernels.optimize.Slot;

/**
 * A whole schedule as C: one function per distinct kernel, and an entry that calls them in order; where ranks exchange
 * values, one entry ends and the next begins.
 *
 * <p>An entry is {@code void jno_run0(char** m)}, where {@code m[0]} is the arena, {@code m[1]} the constants, then the
 * inputs and the outputs. Where functions in Java are called, the host follows: the address of an
 * {@code int (*call)(char* host, long number, char** at)}, which calls a function by its {@link #hostCalls number} on
 * operands and results at some addresses. If that is not 0, all entries and loops return at once.
 */
public final class Program {
    private static final String ENTRY = "jno_run";
    /** Name of the exported pointer to the pool of threads, see {@link #isParallel}. */
    public static final String POOL = "jno_pool";

    private static final long WORTH_SPLITTING = 64 * 1024;

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

    private static final String HOST = """
            static int jno_host(char* host, long number, char** at) {
              return (*(int (**)(char*, long, char**))host)(host, number, at);
            }
            """;

    private static final String ONE_BY_ONE = """
            static void jno_pool(void (*part)(char**, long), char** m, long parts) {
              for (long i = 0; i < parts; ++i) {
                part(m, i);
              }
            }
            """;

    private final CpuDialect dialect;
    private final boolean timed;
    private final boolean parallel;
    /** Names of the functions by what follows a name. */
    private final Map<String, String> functions = new LinkedHashMap<>();
    /** What has been written, by outline. */
    private final Map<String, Step> outlines = new HashMap<>();

    private final List<Kernel> kernels = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Kernel.HostCall> hostCalls = new ArrayList<>();
    private final StringBuilder loops = new StringBuilder();
    private final List<String> entries = new ArrayList<>();
    private int loopCount;
    private int partCount;

    /**
     * One kernel of the schedule, or of a loop in it.
     *
     * @param function its name
     * @param text its definition; empty where ranks exchange values or a function in Java is called
     */
    public record Step(String function, String text) {}

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
     * which it adds the nanoseconds that the step takes. What threads would share is done one by one, and no function in
     * Java is called.
     */
    public static Program timed(Schedule schedule, Registers registers) {
        return new Program(schedule, registers, true);
    }

    private Program(Schedule schedule, Registers registers, boolean timed) {
        this.dialect = new CpuDialect(registers);
        this.timed = timed;
        this.parallel = schedule.threads() > 1;
        int from = 0;
        for (int i = 0; i < schedule.kernels().size(); i++) {
            if (schedule.kernels().get(i) instanceof Kernel.Exchange) {
                entry(schedule, from, i);
                steps.add(new Step("exchange", ""));
                from = i + 1;
            }
        }
        entry(schedule, from, schedule.kernels().size());
    }

    /** Calls of functions in Java, by the numbers under which the program knows them. */
    public List<Kernel.HostCall> hostCalls() {
        return Collections.unmodifiableList(hostCalls);
    }

    /** Names of the entries: one more than the schedule has exchanges. */
    public List<String> entries() {
        return CText.indices(ENTRY, entries.size());
    }

    private void entry(Schedule schedule, int from, int to) {
        CText text = new CText(dialect);
        text.open("void %s(char** m)", ENTRY + entries.size());
        if (timed) {
            text.line("jno_times = (long*)m[%d];", 2 + schedule.arguments());
            text.line("jno_last = jno_now();");
        }
        steps(schedule.kernels().subList(from, to), schedule, "return;", text);
        entries.add(text.close().toString());
    }

    /**
     * Calls kernels of a schedule in order; {@code m} is its memory.
     *
     * @param leave what ends the function around them
     */
    private void steps(List<Kernel> run, Schedule schedule, String leave, CText text) {
        for (Kernel kernel : run) {
            kernels.add(kernel);
            if (kernel instanceof Kernel.Repeat repeat) {
                repeat(repeat, schedule, leave, text);
            } else {
                if (kernel instanceof Kernel.HostCall host) {
                    call(host, schedule, leave, text);
                } else {
                    call(kernel, schedule, text);
                }
                if (timed) {
                    text.line("jno_tick(%d);", steps.size() - 1);
                }
            }
        }
    }

    private void call(Kernel.HostCall call, Schedule schedule, String leave, CText text) {
        steps.add(new Step("host", ""));
        if (timed) {
            return;
        }
        StringJoiner at = new StringJoiner(", ", "{", "}");
        call.operands().forEach(operand -> at.add(address(operand, schedule)));
        call.results().forEach(result -> at.add(address(result, schedule)));
        text.open("").line("char* at[] = %s;", at);
        text.open("if (jno_host(%s, %d, at))", host(schedule), hostCalls.size())
                .line(leave)
                .close()
                .close();
        hostCalls.add(call);
    }

    /** Where the memory of a schedule holds the host. */
    private static String host(Schedule schedule) {
        return "m[" + (2 + schedule.arguments()) + "]";
    }

    private void call(Kernel kernel, Schedule schedule, CText around) {
        int parts = parts(kernel, schedule);
        Signature signature = new Signature(kernel, schedule::slot, slot -> 1);
        Step step = step(kernel, signature, parts > 1);
        steps.add(step);
        String name = step.function();
        if (parts == 1) {
            around.line("%s%s;", name, signature.arguments(slot -> address(slot, schedule)));
            return;
        }
        long extent = kernel.extents().get(0);
        String part = "part" + partCount++;
        CText split = new CText(dialect);
        split.open("static void %s(char** m, long part)", part);
        int unit = kernel.extents().size() == 1 ? LoopText.BURST : 1; // whole bursts start on whole lines of the cache
        split.line("const long from = %dL * part / %d / %d * %d;", extent, parts, unit, unit);
        split.line(
                "const long to = part == %d ? %d : %dL * (part + 1) / %d / %d * %d;",
                parts - 1, extent, extent, parts, unit, unit);
        split.line("%s%s;", name, signature.argumentsWithRange(slot -> address(slot, schedule)));
        loops.append(split.close());
        around.line("%s(%s, m, %d);", POOL, part, parts);
    }

    /** The function of a kernel, written unless there is one of the same outline. */
    private Step step(Kernel kernel, Signature signature, boolean ranged) {
        Optional<String> outline = Outline.of(kernel, signature, ranged);
        Step known = outline.map(outlines::get).orElse(null);
        if (known == null) {
            known = named(definition(kernel, signature, ranged));
            if (outline.isPresent()) {
                outlines.put(outline.get(), known);
            }
        }
        assert known.equals(named(definition(kernel, signature, ranged))) : kernel + " is more than its outline";
        return known;
    }

    private Step named(String definition) {
        String name = functions.get(definition);
        if (name == null) {
            name = "k" + functions.size();
            functions.put(definition, name);
        }
        return new Step(name, "void " + name + definition);
    }

    /** The text of a kernel's function behind its name. */
    private String definition(Kernel kernel, Signature signature, boolean ranged) {
        CText text = new CText(dialect);
        text.open("%s", ranged ? signature.parametersWithRange(dialect) : signature.parameters(dialect));
        if (!reordersSums(kernel)) {
            text.line("#pragma clang fp reassociate(off) reciprocal(off)");
        }
        if (kernel.isPeriodic()) {
            text.line("int %s = 0;", Reach.FLAG).open("");
            KernelText.write(kernel, signature, Reach.NEAR, ranged, text);
            text.close().open("if (%s)", Reach.FLAG);
            KernelText.write(kernel, signature, Reach.ALL, ranged, text);
            text.close();
        } else {
            KernelText.write(kernel, signature, Reach.ALL, ranged, text);
        }
        return text.close().toString();
    }

    /** How many threads share a kernel. */
    private static int parts(Kernel kernel, Schedule schedule) {
        boolean splits = schedule.threads() > 1
                && kernel instanceof Kernel.Loop loop
                && loop.folds().isEmpty()
                && !loop.extents().isEmpty()
                && loop.extents().get(0) >= schedule.threads()
                && points(loop) > WORTH_SPLITTING;
        return splits ? schedule.threads() : 1;
    }

    private static long points(Kernel.Loop loop) {
        long points = 1;
        for (int extent : loop.extents()) {
            points *= extent;
        }
        return points;
    }

    /** A loop has memory of its own: scratch, the constants, where its body's inputs and outputs now are, and the host. */
    private void repeat(Kernel.Repeat repeat, Schedule around, String leave, CText text) {
        String name = "loop" + loopCount++;
        StringJoiner memory = new StringJoiner(", ", "{", "}");
        memory.add(address(repeat.scratch(), around)).add("m[1]");
        List<Kernel.Advance> advances = new ArrayList<>(repeat.inputs());
        advances.addAll(repeat.outputs());
        advances.forEach(advance -> memory.add(address(advance.access(), around)));
        boolean mayFail = !timed && repeat.body().callsHost();
        if (mayFail) {
            memory.add(host(around));
        }

        CText body = new CText(dialect);
        body.open("static %s %s(char** m, long iterations)", mayFail ? "int" : "void", name);
        body.open("for (long t = 0; t < iterations; ++t)");
        steps(repeat.body().kernels(), repeat.body(), "return 1;", body);
        for (int i = 0; i < advances.size(); i++) {
            if (advances.get(i).step() != 0) {
                body.line("m[%d] += %d;", 2 + i, bytes(advances.get(i)));
            }
        }
        body.close();
        if (mayFail) {
            body.line("return 0;");
        }
        loops.append(body.close());

        text.open("").line("char* of[] = %s;", memory);
        if (mayFail) {
            text.open("if (%s(of, %d))", name, repeat.length()).line(leave).close();
        } else if (repeat.workspace().threads() == 1) {
            text.line("%s(of, %d);", name, repeat.length());
        } else {
            int threads = repeat.workspace().threads();
            share(repeat, advances, name);
            text.line("%s(%s_part, of, %d);", POOL, name, threads);
            text.line("%s(%s_sum, of, %d);", POOL, name, threads);
        }
        text.close();
    }

    private static long bytes(Kernel.Advance advance) {
        return advance.step() * advance.access().base().dtype().bytes();
    }

    /** A thread's share of a loop, summed in memory of its own; then the sum of all shares in the order of the threads. */
    private void share(Kernel.Repeat repeat, List<Kernel.Advance> advances, String name) {
        Kernel.Repeat.Workspace workspace = repeat.workspace();
        int inputs = repeat.inputs().size();
        CText part = new CText(dialect);
        part.open("static void %s_part(char** of, long part)", name);
        part.line("char* m[%d];", 2 + advances.size());
        part.loop("i", 2 + advances.size()).line("m[i] = of[i];").close();
        part.line("m[0] += part * %d;", workspace.stride());
        part.open("if (part > 0)");
        for (int i = 0; i < workspace.accumulators().size(); i++) {
            part.line(
                    "m[%d] = m[%d] = m[0] + %d;",
                    2 + i, 2 + inputs + i, workspace.accumulators().get(i));
            part.line(
                    "__builtin_memset(m[%d], 0, %d);",
                    2 + i, carry(repeat, i).type().bytes());
        }
        part.close();
        part.line(
                "const long from = %dL * part / %d, to = %dL * (part + 1) / %d;",
                repeat.length(), workspace.threads(), repeat.length(), workspace.threads());
        for (int i = 0; i < advances.size(); i++) {
            if (advances.get(i).step() != 0) {
                part.line("m[%d] += from * %d;", 2 + i, bytes(advances.get(i)));
            }
        }
        part.line("%s(m, to - from);", name);
        loops.append(part.close());

        CText sum = new CText(dialect);
        sum.open("static void %s_sum(char** of, long part)", name);
        for (int i = 0; i < workspace.accumulators().size(); i++) {
            Value carry = carry(repeat, i);
            String type = CType.memory(carry.dtype());
            long size = carry.shape().size();
            sum.open("for (long thread = 1; thread < %d; ++thread)", workspace.threads());
            sum.line("%s* const a = (%s*)of[%d];", type, type, 2 + i);
            sum.line(
                    "const %s* const b = (const %s*)(of[0] + thread * %d + %d);",
                    type, type, workspace.stride(), workspace.accumulators().get(i));
            sum.line("#pragma clang loop vectorize(assume_safety) interleave(enable)");
            sum.open(
                    "for (long i = %dL * part / %d; i < %dL * (part + 1) / %d; ++i)",
                    size, workspace.threads(), size, workspace.threads());
            sum.line("a[i] += b[i];").close().close();
        }
        loops.append(sum.close());
    }

    private static Value carry(Kernel.Repeat repeat, int index) {
        return repeat.outputs().get(index).access().base();
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

    /** Whether threads share the work, so that the library needs the pool under {@link #POOL}. */
    public boolean isParallel() {
        return parallel;
    }

    /** Of the processor that this is for. */
    public Registers registers() {
        return dialect.registers();
    }

    /** The kernels of the schedule and, in the place of each loop, those of its body. */
    public List<Step> steps() {
        return Collections.unmodifiableList(steps);
    }

    /** The functions that call the steps in order: the loops and the entries. */
    public String driver() {
        return loops + String.join("", entries);
    }

    /** The text, divided into units that can be compiled side by side; the first one holds the entries. */
    public List<String> units(int most) {
        int count = Math.max(1, Math.min(most, functions.size() / 8));
        List<StringBuilder> bodies = new ArrayList<>();
        String prelude = Prelude.of(kernels, dialect);
        for (int i = 0; i < count; i++) {
            bodies.add(new StringBuilder(prelude));
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
            String head = dialect.kernel();
            String definition = function.getValue() + function.getKey();
            shortest.append(head).append(definition).append('\n');
            declarations
                    .append(head)
                    .append(definition, 0, definition.indexOf(" {"))
                    .append(";\n");
        }
        if (timed) {
            declarations.append(CLOCK).append(ONE_BY_ONE);
        } else if (parallel) {
            declarations.append("void (*").append(POOL).append(")(void (*)(char**, long), char**, long);\n");
        }
        if (!hostCalls.isEmpty()) {
            declarations.append(HOST);
        }
        bodies.get(0).append(declarations).append(driver());
        List<String> units = new ArrayList<>(count);
        for (StringBuilder body : bodies) {
            units.add(body.toString());
        }
        return units;
    }
}
