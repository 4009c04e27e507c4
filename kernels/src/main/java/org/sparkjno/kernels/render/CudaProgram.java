// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sparkjno.kernels.optimize.Access;
import org.sparkjno.kernels.optimize.Kernel;
import org.sparkjno.kernels.optimize.Schedule;
import org.sparkjno.kernels.optimize.Slot;

/**
 * A whole schedule as CUDA C++: one {@code __global__} function per distinct kernel, and the launches that the host makes
 * of them.
 *
 * <p>The memory regions of the program (arena, constants, inputs, outputs) begin at multiples of 16 bytes.
 */
public final class CudaProgram {
    /** Bytes of which the address of each memory region is a multiple. */
    static final long ALIGNMENT = 16;

    private static final int BLOCK = 256;
    /** More blocks than any device holds at once; the others would only wait. */
    private static final int MOST_BLOCKS = 4096;

    private final Dialect dialect = new CudaDialect();
    private final Map<String, String> functions = new LinkedHashMap<>();
    private final List<Kernel> kernels = new ArrayList<>();
    private final List<Launch> launches;

    /**
     * Renders a schedule for one thread of the host.
     *
     * @param schedule what to run
     */
    public CudaProgram(Schedule schedule) {
        this.launches = List.copyOf(steps(schedule, slot -> new Launch.Place(slot, List.of())));
    }

    private List<Launch> steps(Schedule schedule, Function<Slot, Launch.Place> places) {
        List<Launch> steps = new ArrayList<>();
        for (Kernel kernel : schedule.kernels()) {
            kernels.add(kernel);
            if (kernel instanceof Kernel.Repeat repeat) {
                steps.add(new Launch.Loop(
                        repeat.length(), steps(repeat.body(), slot -> inside(repeat, slot, schedule, places))));
            } else if (kernel instanceof Kernel.HostCall call) {
                throw new UnsupportedOperationException("A program for CUDA cannot call the host function '"
                        + call.op().function().name() + "'; run the graph on the CPU device.");
            } else if (kernel instanceof Kernel.Exchange exchange) {
                steps.add(new Launch.Exchange(
                        exchange,
                        places.apply(slot(exchange.operand(), schedule)),
                        places.apply(slot(exchange.work(), schedule)),
                        places.apply(slot(exchange.result(), schedule))));
            } else {
                steps.add(grid(kernel, schedule, places));
            }
        }
        return steps;
    }

    private Launch grid(Kernel kernel, Schedule schedule, Function<Slot, Launch.Place> places) {
        Signature signature =
                new Signature(kernel, schedule::slot, slot -> places.apply(slot).alignment());
        CText text = new CText(dialect);
        text.open("%s", signature.parameters(dialect));
        KernelText.write(kernel, signature, Reach.ALL, false, text);
        text.close();
        String name = functions.computeIfAbsent(text.toString(), key -> "k" + functions.size());
        long blocks = Math.max(1, Math.min(MOST_BLOCKS, (text.threads() + BLOCK - 1) / BLOCK));
        return new Launch.Grid(
                name,
                (int) blocks,
                BLOCK,
                signature.places().stream().map(places).toList());
    }

    /** The place of a slot of a loop's body: in the memory that the loop has around it. */
    private static Launch.Place inside(
            Kernel.Repeat repeat, Slot slot, Schedule around, Function<Slot, Launch.Place> places) {
        return switch (slot.region()) {
            case CONSTANTS -> places.apply(slot).moved(0, 0);
            case ARENA -> places.apply(slot(repeat.scratch(), around)).moved(slot.offset(), 0);
            case INPUT -> moved(repeat.inputs().get(slot.index()), slot, around, places);
            case OUTPUT -> moved(repeat.outputs().get(slot.index()), slot, around, places);
        };
    }

    private static Launch.Place moved(
            Kernel.Advance advance, Slot slot, Schedule around, Function<Slot, Launch.Place> places) {
        int bytes = advance.access().base().dtype().bytes();
        return places.apply(slot(advance.access(), around)).moved(slot.offset(), advance.step() * bytes);
    }

    private static Slot slot(Access access, Schedule schedule) {
        Slot slot = schedule.slot(access.base());
        long bytes = access.offset() * access.base().dtype().bytes();
        return new Slot(slot.region(), slot.index(), slot.offset() + bytes);
    }

    /** What the host launches, in order. */
    public List<Launch> launches() {
        return launches;
    }

    /** Number of distinct kernels. */
    public int distinctKernels() {
        return functions.size();
    }

    /** The text of all kernels, for a compiler of CUDA C++ without headers. */
    public String text() {
        StringBuilder text = new StringBuilder(Prelude.of(kernels, dialect));
        functions.forEach((definition, name) ->
                text.append(dialect.kernel()).append(name).append(definition).append('\n'));
        return text.toString();
    }
}
