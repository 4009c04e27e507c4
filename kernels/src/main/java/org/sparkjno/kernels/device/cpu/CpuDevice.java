// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.util.List;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.optimize.Schedule;
import org.sparkjno.kernels.render.Program;
import org.sparkjno.kernels.render.Registers;

/** The processor this runs on: graphs become C, C becomes machine code, a run is one native call. */
public final class CpuDevice implements Device {
    private final CpuTarget target;

    private CpuDevice(CpuTarget target) {
        this.target = target;
    }

    /**
     * Opens the processor.
     *
     * @throws NoCompilerException when no C compiler can be had on this platform
     */
    public static CpuDevice open() {
        return new CpuDevice(Toolchain.target());
    }

    @Override
    public String name() {
        return "cpu (" + target.vectorBits() + "-bit vectors)";
    }

    @Override
    public Buffer allocate(TensorType type) {
        return new CpuBuffer(type, NativeMemory.allocate(Math.max(1, type.bytes())));
    }

    @Override
    public Executable compile(Graph graph, InPlace inPlace) {
        Schedule schedule = Schedule.of(graph, inPlace.inputOfOutput());
        Program program = new Program(schedule, new Registers(target.vectorBits(), target.vectorRegisters()));
        List<String> units = program.units(Runtime.getRuntime().availableProcessors());
        return new CpuExecutable(graph, inPlace, schedule, program, NativeLibrary.compile(units));
    }

    /** Nothing to release: buffers and executables are closed by their owners. */
    @Override
    public void close() {}
}
