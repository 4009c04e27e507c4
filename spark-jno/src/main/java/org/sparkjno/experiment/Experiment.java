// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.experiment;

import java.util.List;
import org.sparkjno.datasets.generate.Burgers;
import org.sparkjno.datasets.generate.Darcy;
import org.sparkjno.datasets.generate.Problem;
import org.sparkjno.nn.Fno;
import org.sparkjno.nn.Layer;
import org.sparkjno.optim.Adam;
import org.sparkjno.optim.Optimiser;
import org.sparkjno.optim.Schedule;

/**
 * A problem with a model that is known to learn it.
 *
 * @param problem what is sampled
 * @param stride every stride-th point of the stored fields is used for training
 * @param network from normalised input to normalised output
 * @param optimiser how weights move
 * @param decay how the learning rate falls
 * @param rate first learning rate
 * @param batch samples per step of all replicas together
 * @param epochs default length
 * @param train default number of training samples
 * @param test default number of held-out samples
 * @param resolutions further strides at which the trained weights are evaluated
 */
public record Experiment(
        Problem problem,
        int stride,
        Layer network,
        Optimiser optimiser,
        Decay decay,
        double rate,
        int batch,
        int epochs,
        int train,
        int test,
        List<Integer> resolutions) {
    private static final double WEIGHT_DECAY = 1e-4;

    /** How a learning rate falls over a run. */
    public enum Decay {
        /** To zero along half a cosine. */
        COSINE,
        /** By half after each fifth of the run. */
        HALVES
    }

    public Experiment {
        resolutions = List.copyOf(resolutions);
    }

    /**
     * The experiment of a name.
     *
     * @throws IllegalArgumentException if the name is unknown; the message lists the known ones
     */
    public static Experiment named(String name) {
        return switch (name) {
            case "darcy" -> darcy();
            case "burgers" -> burgers();
            default ->
                throw new IllegalArgumentException("There is no problem '" + name + "'; known are burgers and darcy.");
        };
    }

    /** Darcy flow solved at 85×85 and kept at 29×29: minutes on two cores. */
    public static Experiment darcy() {
        return new Experiment(
                Darcy.standard(),
                1,
                Fno.of2d(1, 1, 32, 8, 3),
                Adam.decoupled(WEIGHT_DECAY),
                Decay.COSINE,
                2e-3,
                20,
                20,
                1000,
                200,
                List.of());
    }

    /** Darcy flow as in the paper: 85×85, width 32, 12 modes, padding 9, 500 epochs; hours on two cores. */
    public static Experiment darcyFull() {
        return new Experiment(
                new Darcy(85, 1),
                1,
                Fno.of2d(1, 1, 32, 12, 9),
                Adam.withL2(WEIGHT_DECAY),
                Decay.HALVES,
                1e-3,
                20,
                500,
                1000,
                200,
                List.of());
    }

    /** Burgers' equation kept at 1024 points, trained at 256 and evaluated at 128, 512 and 1024 as well. */
    public static Experiment burgers() {
        return new Experiment(
                new Burgers(0.1, 1024),
                4,
                Fno.of1d(1, 1, 32, 16, 0),
                Adam.withL2(WEIGHT_DECAY),
                Decay.COSINE,
                1e-3,
                20,
                200,
                1000,
                200,
                List.of(8, 2, 1));
    }

    /** The learning rate over a run of so many steps. */
    public Schedule schedule(long steps) {
        return switch (decay) {
            case COSINE -> new Schedule.Cosine(rate, 0, steps);
            case HALVES -> new Schedule.Steps(rate, 0.5, Math.max(1, steps / 5));
        };
    }

    /** Name of the field that the model reads. */
    public String input() {
        return problem.fieldNames().get(0);
    }

    /** Name of the field that the model predicts. */
    public String output() {
        List<String> names = problem.fieldNames();
        return names.get(names.size() - 1);
    }
}
