// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.device.Binding;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.explain.Explanation;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.optimize.Schedule;
import org.sparkjno.kernels.optimize.Slot;
import org.sparkjno.kernels.render.Program;

/** Machine code of a graph with its constants. Each invocation brings an arena of its own. */
final class CpuExecutable implements Executable {
    private final Graph graph;
    private final InPlace inPlace;
    private final Planner planner;
    private final NativeLibrary library;
    private final List<String> entries;
    private final long arenaBytes;
    private final NativeMemory constants;
    private final List<Plan.Transfer> transfers;
    private final Collective world;
    private final HostCalls hostCalls;

    /**
     * The executable of a plan.
     *
     * @param graph of the plan
     * @param inPlace which outputs overwrite which inputs
     * @param planner that made the plan
     * @param world the ranks
     */
    CpuExecutable(Graph graph, InPlace inPlace, Planner planner, Plan plan, Collective world) {
        this.graph = graph;
        this.inPlace = inPlace;
        this.planner = planner;
        this.entries = plan.entries();
        this.arenaBytes = plan.arenaBytes();
        this.transfers = plan.transfers();
        this.world = world;
        this.hostCalls = new HostCalls(plan.hostCalls());
        this.library = NativeLibrary.load(plan.library());
        if (plan.parallel()) {
            library.givePool(Program.POOL);
        }
        this.constants = NativeMemory.allocate(Math.max(1, plan.constants().length));
        constants.view().put(plan.constants());
    }

    @Override
    public Graph graph() {
        return graph;
    }

    @Override
    public Invocation bind(List<Buffer> inputs, List<Buffer> outputs) {
        Binding.check(graph, inPlace, CpuBuffer.class, inputs, outputs);
        NativeMemory arena = NativeMemory.allocate(Math.max(1, arenaBytes));
        List<Long> addresses = new ArrayList<>(List.of(arena.address(), constants.address()));
        inputs.forEach(buffer -> addresses.add(((CpuBuffer) buffer).address()));
        outputs.forEach(buffer -> addresses.add(((CpuBuffer) buffer).address()));
        addresses.add(0L); // where machine code is told how to call back
        NativeMemory arguments = NativeMemory.allocate(8L * addresses.size());
        ByteBuffer view = arguments.view();
        addresses.forEach(view::putLong);
        List<Long> functions = entries.stream().map(library::symbol).toList();
        List<Buffer> touched = new ArrayList<>(inputs);
        touched.addAll(outputs);
        return new CpuInvocation(this, functions, exchanges(arena, inputs, outputs), arguments, arena, touched);
    }

    private List<Exchange> exchanges(NativeMemory arena, List<Buffer> inputs, List<Buffer> outputs) {
        List<Exchange> exchanges = new ArrayList<>();
        for (Plan.Transfer transfer : transfers) {
            transfer.op().requireWorld(world.size());
            exchanges.add(new Exchange(
                    transfer.op(),
                    world,
                    transfer.dtype(),
                    memory(transfer.operand(), arena, inputs, outputs),
                    memory(transfer.work(), arena, inputs, outputs),
                    memory(transfer.result(), arena, inputs, outputs)));
        }
        return exchanges;
    }

    private ByteBuffer memory(Plan.Place place, NativeMemory arena, List<Buffer> inputs, List<Buffer> outputs) {
        Slot slot = place.slot();
        return switch (slot.region()) {
            case ARENA -> arena.view(slot.offset(), place.bytes());
            case CONSTANTS -> constants.view(slot.offset(), place.bytes());
            case INPUT -> ((CpuBuffer) inputs.get(slot.index())).view(slot.offset(), place.bytes());
            case OUTPUT -> ((CpuBuffer) outputs.get(slot.index())).view(slot.offset(), place.bytes());
        };
    }

    /** The graph is planned again, for the same ends: a run keeps nothing of how its plan was made. */
    @Override
    public Explanation explain(int runs) {
        Schedule schedule = planner.schedule(graph, inPlace);
        Program program = planner.program(schedule);
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
