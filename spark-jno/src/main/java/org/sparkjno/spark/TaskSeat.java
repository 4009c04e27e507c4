// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import org.sparkjno.kernels.collective.Collective;

/**
 * A task's place in its generation.
 *
 * @param rank the number of its partition
 * @param size the number of tasks, the same in all generations
 * @param generation counts the restarts, from 0
 * @param collective connects it with the others; closed when the task ends
 * @param threads how many threads it may use ({@code spark.task.cpus})
 * @param progress tells the driver where the task stands; call it at least once per step
 */
public record TaskSeat(
        int rank, int size, int generation, Collective collective, int threads, ProgressReporter progress) {}
