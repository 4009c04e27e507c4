// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.device.Binding;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Bytes;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.explain.ArenaMap;
import org.sparkjno.kernels.explain.Explanation;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.optimize.Schedule;
import org.sparkjno.kernels.optimize.Slot;
import org.sparkjno.kernels.optimize.Stage;
import org.sparkjno.kernels.render.CudaProgram;
import org.sparkjno.kernels.render.Launch;

/**
 * A device that runs the CUDA text of graphs on the host: kernels are C++ functions of fibres, launches become C++ loops.
 * Its grids are small, so that every thread goes round more than once.
 */
final class EmulatedCuda implements Device {
    private static final int MOST_BLOCKS = 3;
    private static final int THREADS = 64;

    private final ClangDialects compilers;
    private final boolean backwards;
    private final AtomicInteger count = new AtomicInteger();

    /**
     * Opens the device.
     *
     * @param directory for its files
     * @param backwards whether the last threads and blocks run first
     */
    EmulatedCuda(Path directory, boolean backwards) {
        this.compilers = new ClangDialects(directory);
        this.backwards = backwards;
    }

    @Override
    public String name() {
        return "cuda on the host";
    }

    @Override
    public Buffer allocate(TensorType type) {
        return new CpuBuffer(type, NativeMemory.allocate(Math.max(1, type.bytes())));
    }

    @Override
    public Executable compile(Graph graph, InPlace inPlace) {
        Schedule schedule = Schedule.whole(graph, inPlace.inputOfOutput());
        CudaProgram program = new CudaProgram(schedule);
        StringBuilder text = new StringBuilder(program.text());
        text.append("extern \"C\" __attribute__((visibility(\"default\"))) void run(char** m) {\n");
        text.append("host::fault = false; host::backwards = ").append(backwards).append(";\n");
        launches(program.launches(), 0, graph.inputs().size(), text);
        text.append("*(bool*)m[2 + ")
                .append(graph.inputs().size() + graph.outputs().size());
        text.append("] = host::fault;\n}\n");
        String name = "emulated" + backwards + count.getAndIncrement();
        return new Emulated(graph, inPlace, schedule, text.toString(), compilers.onHost(name, text.toString()));
    }

    private static void launches(List<Launch> launches, int depth, int inputs, StringBuilder text) {
        for (Launch launch : launches) {
            if (launch instanceof Launch.Loop loop) {
                text.append("for (long t%1$d = 0; t%1$d < %2$d; ++t%1$d) {%n".formatted(depth, loop.length()));
                launches(loop.body(), depth + 1, inputs, text);
                text.append("}\n");
            } else if (launch instanceof Launch.Grid grid) {
                text.append("host::launch(%d, %d, [&] { %s("
                        .formatted(Math.min(MOST_BLOCKS, grid.blocks()), THREADS, grid.kernel()));
                List<String> arguments = grid.arguments().stream()
                        .map(place -> "host::Any{" + address(place, inputs) + "}")
                        .toList();
                text.append(String.join(", ", arguments)).append("); });\n");
            } else {
                throw new IllegalArgumentException("One rank alone exchanges nothing, but got " + launch + ".");
            }
        }
    }

    private static String address(Launch.Place place, int inputs) {
        Slot slot = place.slot();
        int region = switch (slot.region()) {
            case ARENA -> 0;
            case CONSTANTS -> 1;
            case INPUT -> 2 + slot.index();
            case OUTPUT -> 2 + inputs + slot.index();
        };
        StringBuilder address = new StringBuilder("m[" + region + "] + " + slot.offset());
        for (int loop = 0; loop < place.steps().size(); loop++) {
            address.append(" + t")
                    .append(loop)
                    .append(" * ")
                    .append(place.steps().get(loop));
        }
        return address.toString();
    }

    @Override
    public Device in(Collective world) {
        throw new UnsupportedOperationException("Kernels are run on the host for one rank alone.");
    }

    @Override
    public void close() {}

    private record Emulated(Graph graph, InPlace inPlace, Schedule schedule, String text, NativeLibrary library)
            implements Executable {
        @Override
        public Invocation bind(List<Buffer> inputs, List<Buffer> outputs) {
            Binding.check(graph, inPlace, CpuBuffer.class, inputs, outputs);
            NativeMemory arena = NativeMemory.allocate(Math.max(1, schedule.arenaBytes()));
            NativeMemory constants =
                    NativeMemory.allocate(Math.max(1, schedule.constants().bytes()));
            schedule.constants().offsets().forEach((literal, offset) -> {
                ByteBuffer bytes = Bytes.of(literal);
                constants.view(offset, bytes.remaining()).put(bytes);
            });
            NativeMemory fault = NativeMemory.allocate(1);
            List<Long> addresses = new ArrayList<>(List.of(arena.address(), constants.address()));
            inputs.forEach(buffer -> addresses.add(((CpuBuffer) buffer).address()));
            outputs.forEach(buffer -> addresses.add(((CpuBuffer) buffer).address()));
            addresses.add(fault.address());
            NativeMemory arguments = NativeMemory.allocate(8L * addresses.size());
            ByteBuffer view = arguments.view();
            addresses.forEach(view::putLong);
            return new Bound(library, List.of(arguments, fault, constants, arena));
        }

        @Override
        public Explanation explain(int runs) {
            return new Explanation(List.of(new Stage("tracing", graph)), List.of(), text, ArenaMap.EMPTY, 0);
        }

        @Override
        public void close() {
            library.close();
        }
    }

    private record Bound(NativeLibrary library, List<NativeMemory> memory) implements Invocation {
        @Override
        public void run() {
            NativeLibrary.call(library.symbol("run"), memory.get(0).address());
            if (memory.get(1).view().get(0) != 0) {
                throw new IllegalStateException("Threads of a block did not meet at the same barriers.");
            }
        }

        @Override
        public void close() {
            memory.forEach(NativeMemory::close);
        }
    }
}
