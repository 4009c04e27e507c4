// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.device.Binding;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Bytes;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.explain.Explanation;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.optimize.Access;
import org.sparkjno.kernels.optimize.Kernel;
import org.sparkjno.kernels.optimize.Schedule;
import org.sparkjno.kernels.optimize.Slot;
import org.sparkjno.kernels.render.Program;

/** Machine code of a graph with its constants. Each invocation brings an arena of its own. */
final class CpuExecutable implements Executable {
    private final Graph graph;
    private final InPlace inPlace;
    private final Schedule schedule;
    private final Program program;
    private final NativeLibrary library;
    private final Collective world;
    private final NativeMemory constants;
    private final HostCalls hostCalls;

    CpuExecutable(
            Graph graph, InPlace inPlace, Schedule schedule, Program program, NativeLibrary library, Collective world) {
        this.graph = graph;
        this.inPlace = inPlace;
        this.schedule = schedule;
        this.program = program;
        this.library = library;
        if (program.isParallel()) {
            library.givePool(Program.POOL);
        }
        this.world = world;
        this.hostCalls = new HostCalls(program.hostCalls());
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
        addresses.add(0L); // where machine code is told how to call back
        NativeMemory arguments = NativeMemory.allocate(8L * addresses.size());
        ByteBuffer view = arguments.view();
        addresses.forEach(view::putLong);
        List<Long> entries = program.entries().stream().map(library::symbol).toList();
        List<Buffer> touched = new ArrayList<>(inputs);
        touched.addAll(outputs);
        return new CpuInvocation(this, entries, exchanges(arena, inputs, outputs), arguments, arena, touched);
    }

    private List<Exchange> exchanges(NativeMemory arena, List<Buffer> inputs, List<Buffer> outputs) {
        List<Exchange> exchanges = new ArrayList<>();
        for (Kernel kernel : schedule.kernels()) {
            if (kernel instanceof Kernel.Exchange exchange) {
                exchange.op().requireWorld(world.size());
                Value operand = exchange.value().operands().get(0);
                exchanges.add(new Exchange(
                        exchange.op(),
                        world,
                        operand.dtype(),
                        memory(exchange.operand(), operand, arena, inputs, outputs),
                        memory(exchange.work(), exchange.work().base(), arena, inputs, outputs),
                        memory(exchange.result(), exchange.value(), arena, inputs, outputs)));
            }
        }
        return exchanges;
    }

    /** The memory in which a dense value lies. */
    private ByteBuffer memory(
            Access access, Value value, NativeMemory arena, List<Buffer> inputs, List<Buffer> outputs) {
        Slot slot = schedule.slot(access.base());
        long start = slot.offset() + access.offset() * value.dtype().bytes();
        long bytes = value.type().bytes();
        return switch (slot.region()) {
            case ARENA -> arena.view(start, bytes);
            case CONSTANTS -> constants.view(start, bytes);
            case INPUT -> ((CpuBuffer) inputs.get(slot.index())).view(start, bytes);
            case OUTPUT -> ((CpuBuffer) outputs.get(slot.index())).view(start, bytes);
        };
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

    /** One arena and one list of addresses; a run is one native call, and one more after each exchange. */
    private static final class CpuInvocation implements Invocation {
        private final long first;
        private final List<Long> others;
        private final List<Exchange> exchanges;
        private final NativeMemory arguments;
        private final NativeMemory arena;
        /** Kept reachable, for the machine code knows only addresses. */
        private final CpuExecutable code;

        private final List<Buffer> touched;

        CpuInvocation(
                CpuExecutable code,
                List<Long> entries,
                List<Exchange> exchanges,
                NativeMemory arguments,
                NativeMemory arena,
                List<Buffer> touched) {
            this.code = code;
            this.touched = touched;
            this.first = entries.get(0);
            this.others = entries.subList(1, entries.size());
            this.exchanges = exchanges;
            this.arguments = arguments;
            this.arena = arena;
        }

        @Override
        public void run() {
            try {
                enter(first);
                for (int i = 0; i < exchanges.size(); i++) {
                    exchanges.get(i).run();
                    enter(others.get(i));
                }
            } finally {
                Reference.reachabilityFence(code);
                Reference.reachabilityFence(touched);
            }
        }

        private void enter(long entry) {
            if (code.hostCalls.isEmpty()) {
                NativeLibrary.call(entry, arguments.address());
            } else {
                long host = arguments.address() + arguments.bytes() - Long.BYTES;
                Native.callWithHost(entry, arguments.address(), host, code.hostCalls);
            }
        }

        @Override
        public void close() {
            arguments.close();
            arena.close();
        }
    }
}
