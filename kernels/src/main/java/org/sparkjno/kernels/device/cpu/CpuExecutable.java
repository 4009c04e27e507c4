// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.device.Binding;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Bytes;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.explain.Explanation;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.optimize.Schedule;
import org.sparkjno.kernels.render.Program;

/** Machine code of a graph with its constants. Each invocation brings an arena of its own. */
final class CpuExecutable implements Executable {
    private final Graph graph;
    private final InPlace inPlace;
    private final Schedule schedule;
    private final Program program;
    private final NativeLibrary library;
    private final NativeMemory constants;

    CpuExecutable(Graph graph, InPlace inPlace, Schedule schedule, Program program, NativeLibrary library) {
        this.graph = graph;
        this.inPlace = inPlace;
        this.schedule = schedule;
        this.program = program;
        this.library = library;
        this.constants = NativeMemory.allocate(Math.max(1, schedule.constants().bytes()));
        for (Map.Entry<Literal, Long> constant : schedule.constants().offsets().entrySet()) {
            ByteBuffer bytes = Bytes.of(constant.getKey());
            constants.view(constant.getValue(), bytes.remaining()).put(bytes);
        }
    }

    @Override
    public Graph graph() {
        return graph;
    }

    @Override
    public Invocation bind(List<Buffer> inputs, List<Buffer> outputs) {
        Binding.check(graph, inPlace, CpuBuffer.class, inputs, outputs);
        NativeMemory arena = NativeMemory.allocate(Math.max(1, schedule.arenaBytes()));
        List<Long> addresses = new ArrayList<>(List.of(arena.address(), constants.address()));
        inputs.forEach(buffer -> addresses.add(((CpuBuffer) buffer).address()));
        outputs.forEach(buffer -> addresses.add(((CpuBuffer) buffer).address()));
        NativeMemory arguments = NativeMemory.allocate(8L * addresses.size());
        ByteBuffer view = arguments.view();
        addresses.forEach(view::putLong);
        List<Buffer> touched = new ArrayList<>(inputs);
        touched.addAll(outputs);
        return new CpuInvocation(this, library.symbol(Program.ENTRY), arguments, arena, touched);
    }

    @Override
    public Explanation explain(int runs) {
        double[] micros =
                runs == 0 ? new double[0] : KernelClock.sample(schedule, program.registers(), constants, inPlace, runs);
        return Inspection.of(schedule, program, micros);
    }

    @Override
    public void close() {
        constants.close();
        library.close();
    }

    /** One arena and one list of addresses; a run is one native call. */
    private static final class CpuInvocation implements Invocation {
        private final long function;
        private final NativeMemory arguments;
        private final NativeMemory arena;
        /** Kept reachable, for the machine code knows only addresses. */
        private final CpuExecutable code;

        private final List<Buffer> touched;

        CpuInvocation(
                CpuExecutable code, long function, NativeMemory arguments, NativeMemory arena, List<Buffer> touched) {
            this.code = code;
            this.touched = touched;
            this.function = function;
            this.arguments = arguments;
            this.arena = arena;
        }

        @Override
        public void run() {
            NativeLibrary.call(function, arguments.address());
            Reference.reachabilityFence(code);
            Reference.reachabilityFence(touched);
        }

        @Override
        public void close() {
            arguments.close();
            arena.close();
        }
    }
}
