// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.io.Serializable;
import org.sparkjno.kernels.graph.DType;

/**
 * How long and on how much to train.
 *
 * @param steps updates of the parameters in all
 * @param batch samples per step, of all tasks together; 0 for all samples
 * @param points collocation points per step and region, of all tasks together; 0 for all points
 * @param precision of all numbers, f32 or f64
 * @param seed of first weights, points, samples and noise
 * @param threads of each task
 */
public record Training(int steps, int batch, int points, DType precision, long seed, int threads)
        implements Serializable {
    public Training {
        if (steps < 1 || batch < 0 || points < 0 || threads < 1) {
            throw new IllegalArgumentException(
                    "Training needs at least one step and one thread, and batches of 0 (for all)"
                            + " or more, but got " + steps + " steps, " + threads + " threads, batches of " + batch
                            + " samples and " + points + " points.");
        }
        if (!precision.isFloating() || precision.isStorageOnly()) {
            throw new IllegalArgumentException("Training works in f32 or f64, but got " + precision.text() + ".");
        }
    }

    /** So many steps on everything, in single precision on one thread. */
    public static Training steps(int steps) {
        return new Training(steps, 0, 0, DType.F32, 0, 1);
    }

    /** With so many samples per step. */
    public Training batch(int samples) {
        return new Training(steps, samples, points, precision, seed, threads);
    }

    /** With so many points of each region per step. */
    public Training points(int perStep) {
        return new Training(steps, batch, perStep, precision, seed, threads);
    }

    /** In double precision. */
    public Training inDouble() {
        return new Training(steps, batch, points, DType.F64, seed, threads);
    }

    /** With another seed. */
    public Training seed(long other) {
        return new Training(steps, batch, points, precision, other, threads);
    }

    /** On more threads. */
    public Training threads(int count) {
        return new Training(steps, batch, points, precision, seed, count);
    }
}
