// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.optimize.Schedule;
import org.sparkjno.kernels.render.Program;
import org.sparkjno.kernels.render.Registers;

/**
 * Times each kernel of a schedule: a program of its own that looks at the clock between kernels, and memory of its own
 * that is zero at first, so that nobody's numbers change. Exchanges between ranks are left out.
 */
final class KernelClock {
    private KernelClock() {}

    /**
     * Runs a schedule again and again.
     *
     * @param constants of the schedule
     * @param inPlace which outputs overwrite which inputs
     * @return median microseconds of each step of the program, over all its runs in a loop
     */
    static double[] sample(Schedule schedule, Registers registers, NativeMemory constants, InPlace inPlace, int runs) {
        List<NativeMemory> owned = new ArrayList<>();
        Program program = Program.timed(schedule, registers);
        List<String> units = program.units(Runtime.getRuntime().availableProcessors());
        try (NativeLibrary library = NativeLibrary.compile(units)) {
            int steps = program.steps().size();
            NativeMemory arena = zeros(schedule.arenaBytes(), owned);
            NativeMemory times = zeros(8L * steps, owned);
            NativeMemory arguments = zeros(8L * (3 + schedule.arguments()), owned);
            ByteBuffer addresses = arguments.view();
            addresses.putLong(arena.address()).putLong(constants.address());
            Graph graph = schedule.optimised();
            List<Long> inputs = new ArrayList<>();
            for (Value input : graph.inputs()) {
                inputs.add(zeros(input.type().bytes(), owned).address());
            }
            inputs.forEach(addresses::putLong);
            for (int i = 0; i < graph.outputs().size(); i++) {
                Integer overwritten = inPlace.inputOfOutput().get(i);
                addresses.putLong(
                        overwritten != null
                                ? inputs.get(overwritten)
                                : zeros(graph.outputs().get(i).type().bytes(), owned)
                                        .address());
            }
            addresses.putLong(times.address());
            double[][] samples = new double[steps][runs];
            ByteBuffer clock = times.view();
            for (int run = 0; run < runs; run++) {
                for (int i = 0; i < steps; i++) {
                    clock.putLong(8 * i, 0);
                }
                for (String entry : program.entries()) {
                    NativeLibrary.call(library.symbol(entry), arguments.address());
                }
                for (int i = 0; i < steps; i++) {
                    samples[i][run] = clock.getLong(8 * i) * 1e-3;
                }
            }
            return Arrays.stream(samples).mapToDouble(KernelClock::median).toArray();
        } finally {
            owned.forEach(NativeMemory::close);
        }
    }

    private static NativeMemory zeros(long bytes, List<NativeMemory> owned) {
        NativeMemory memory = NativeMemory.allocate(Math.max(1, bytes));
        owned.add(memory);
        return memory;
    }

    private static double median(double[] samples) {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
