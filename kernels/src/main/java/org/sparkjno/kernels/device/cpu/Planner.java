// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.optimize.Schedule;
import org.sparkjno.kernels.render.Program;
import org.sparkjno.kernels.render.Registers;

/**
 * Makes plans of graphs.
 *
 * @param threads how many share a step
 * @param registers of the processor
 */
record Planner(int threads, Registers registers) {
    /** Optimises, renders and compiles a graph. */
    Plan plan(Graph graph, InPlace inPlace, KernelCache kernels) {
        Schedule schedule = schedule(graph, inPlace);
        Program program = program(schedule);
        return Plan.of(
                schedule,
                program,
                kernels.library(program.units(Runtime.getRuntime().availableProcessors())));
    }

    Schedule schedule(Graph graph, InPlace inPlace) {
        return Schedule.of(graph, inPlace.inputOfOutput(), threads);
    }

    Program program(Schedule schedule) {
        return new Program(schedule, registers);
    }
}
