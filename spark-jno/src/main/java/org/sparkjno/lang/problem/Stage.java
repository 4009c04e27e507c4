// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.List;
import org.sparkjno.kernels.device.Device;

/** What is computed once in a step: a compiled graph for each part of its data, and perhaps one that follows, for what they add up to. */
final class Stage implements AutoCloseable {
    private final int parts;
    private final Program part;
    private final List<Program> end;
    private long step;

    /**
     * Compiles a stage.
     *
     * @param graphs for a part of the data, and perhaps for the end
     * @param parts how many parts there are
     */
    Stage(Device device, Tensors tensors, List<StepGraph> graphs, int parts) {
        this.parts = parts;
        this.part = new Program(device, tensors, graphs.get(0));
        try {
            this.end = graphs.stream()
                    .skip(1)
                    .map(graph -> new Program(device, tensors, graph))
                    .toList();
        } catch (RuntimeException e) {
            part.close();
            throw e;
        }
    }

    /** The graph for a part of the data. */
    StepGraph graph() {
        return part.graph();
    }

    /** Says which step is next, counted from 0. */
    void load(long next) {
        step = next;
    }

    /** Computes the step, as often as one likes. */
    void run() {
        for (int number = 0; number < parts; number++) {
            run(part, number);
        }
        end.forEach(program -> run(program, 0));
    }

    private void run(Program program, int number) {
        program.load(step, number);
        program.run();
    }

    /** Tells it that data are others now. */
    void reload() {
        part.reload();
    }

    @Override
    public void close() {
        part.close();
        end.forEach(Program::close);
    }
}
