// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.io.Serializable;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.lang.feed.Batch;

/**
 * How long and on how much to train.
 *
 * @param steps updates of the parameters in all
 * @param batch what all tasks together compute at once
 * @param precision of all numbers, f32 or f64, but inside models of a type of their own
 * @param seed of first weights, points, samples and noise
 * @param threads of each task
 * @param patience when to end earlier
 * @param saving where checkpoints go
 */
public record Training(
        int steps, Batch batch, DType precision, long seed, int threads, Patience patience, Saving saving)
        implements Serializable {
    public Training {
        if (steps < 1 || threads < 1) {
            throw new IllegalArgumentException("Training needs at least one step and one thread, but got " + steps
                    + " steps on " + threads + " threads.");
        }
        if (!precision.isFloating() || precision.isStorageOnly()) {
            throw new IllegalArgumentException("Training works in f32 or f64, but got " + precision.text() + ".");
        }
    }

    /** So many steps on everything, in single precision on one thread. */
    public static Training steps(int steps) {
        return new Training(steps, Batch.ALL, DType.F32, 0, 1, Patience.ENDLESS, Saving.NOWHERE);
    }

    /** With another number of steps. */
    public Training lasting(int count) {
        return new Training(count, batch, precision, seed, threads, patience, saving);
    }

    /** With so many samples per step. */
    public Training batch(int samples) {
        return with(new Batch(samples, batch.points(), batch.parts()));
    }

    /** With so many points of each region per step. */
    public Training points(int perStep) {
        return with(new Batch(batch.samples(), perStep, batch.parts()));
    }

    /**
     * With each step in so many parts, one after another, whose mean gradient makes the step: a step takes the memory of one part.
     * The parts differ in their samples if those come in batches, otherwise in their points if these do; a step then has so many
     * batches. Where nothing comes in batches, all samples are divided, or else the points of those regions whose number of points
     * divides; other regions are in each part whole. Of losses that are means, a step is that of one large batch; what is no mean
     * of its values (a maximum, a norm) is taken of each part, and the mean of that. Rates, balances and trackers count steps.
     */
    public Training accumulate(int parts) {
        return with(new Batch(batch.samples(), batch.points(), parts));
    }

    private Training with(Batch other) {
        return new Training(steps, other, precision, seed, threads, patience, saving);
    }

    /** In double precision. */
    public Training inDouble() {
        return new Training(steps, batch, DType.F64, seed, threads, patience, saving);
    }

    /** With another seed. */
    public Training seed(long other) {
        return new Training(steps, batch, precision, other, threads, patience, saving);
    }

    /** On more threads. */
    public Training threads(int count) {
        return new Training(steps, batch, precision, seed, count, patience, saving);
    }

    /** Ending after so many steps without an improvement of the weighted sum of the losses by a factor of 1 − improvement. */
    public Training patience(int without, double improvement) {
        return new Training(steps, batch, precision, seed, threads, new Patience(without, improvement), saving);
    }

    /** With a checkpoint in a directory every so many steps and at the end; there must be none yet. */
    public Training checkpoint(String directory, int every) {
        return with(new Saving(directory, every, false));
    }

    /**
     * Going on from the newest checkpoint in the directory, if there is one, as if the run had never been interrupted.
     *
     * @throws IllegalArgumentException when no directory was named
     */
    public Training resume() {
        if (saving.isNowhere()) {
            throw new IllegalArgumentException(
                    "There is nothing to resume; name the directory by checkpoint(…) first.");
        }
        return with(new Saving(saving.directory(), saving.every(), true));
    }

    private Training with(Saving other) {
        return new Training(steps, batch, precision, seed, threads, patience, other);
    }
}
