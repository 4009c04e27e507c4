// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import org.sparkjno.kernels.collective.Alone;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.render.Registers;

/** The processor this runs on: graphs become C, C becomes machine code, a run is one native call. */
public final class CpuDevice implements Device {
    private static final int MOST_THREADS = 256;

    private final int threads;
    private final Collective world;

    private CpuDevice(int threads, Collective world) {
        this.threads = threads;
        this.world = world;
    }

    /** Opens the processor for one thread, see {@link #open(int)}. */
    public static CpuDevice open() {
        return open(1);
    }

    /**
     * Opens the processor for steps that several threads share. The calling thread is one of them; the others belong to
     * the process and sleep when idle. Results depend on the number of threads by rounding, and on nothing else.
     *
     * <p>The compiler is made ready in the meantime. Where none can be had, the first tensor or graph is refused, by a
     * {@link NoCompilerException}.
     *
     * @param threads how many threads work on one step, at least 1
     */
    public static CpuDevice open(int threads) {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new IllegalArgumentException(
                    "A step runs on 1 to " + MOST_THREADS + " threads, but " + threads + " were asked for.");
        }
        Preparation.begin();
        return new CpuDevice(threads, new Alone());
    }

    @Override
    public CpuDevice in(Collective other) {
        return new CpuDevice(threads, other);
    }

    @Override
    public String name() {
        return "cpu (" + Toolchain.target().vectorBits() + "-bit vectors"
                + (threads > 1 ? ", " + threads + " threads)" : ")");
    }

    @Override
    public Buffer allocate(TensorType type) {
        return new CpuBuffer(type, NativeMemory.allocate(Math.max(1, type.bytes())));
    }

    @Override
    public Executable compile(Graph graph, InPlace inPlace) {
        CpuTarget target = Toolchain.target();
        Planner planner = new Planner(threads, new Registers(target.vectorBits(), target.vectorRegisters()));
        Plan plan = new PlanCache(KernelCache.shared(), planner, CodeIdentity.own()).plan(graph, inPlace);
        return new CpuExecutable(graph, inPlace, planner, plan, world);
    }

    /** Nothing to release: buffers and executables are closed by their owners. */
    @Override
    public void close() {}
}
