// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A learning rate that follows the losses. The rule is a plain value; what it has seen is an array of numbers, which
 * belongs into a checkpoint. For rates that depend on the step alone there is {@link Schedule}.
 */
public sealed interface AdaptiveRate extends Serializable {
    /** The numbers before the first loss. */
    double[] begin();

    /**
     * The numbers after a further loss.
     *
     * @param state before, not changed
     */
    double[] after(double[] state, double loss);

    /** The rate that these numbers ask for. */
    double rate(double[] state);

    /**
     * A rate that is multiplied by a factor whenever the loss has not improved for a while, as PyTorch's
     * ReduceLROnPlateau.
     *
     * @param first first rate
     * @param factor of each fall, below 1
     * @param patience losses without improvement that are borne
     * @param threshold an improvement is a loss below the best one times 1 − threshold
     * @param floor least rate
     */
    record Plateau(double first, double factor, int patience, double threshold, double floor) implements AdaptiveRate {
        public Plateau {
            if (!(first > 0 && factor > 0 && factor < 1 && threshold >= 0 && floor >= 0 && floor <= first)
                    || patience < 0) {
                throw new IllegalArgumentException("A rate that falls on plateaus needs a positive first rate, a factor"
                        + " between 0 and 1, a patience and threshold of 0 or more and a floor below the first rate,"
                        + " but got "
                        + first + ", " + factor + ", " + patience + ", " + threshold + " and " + floor + ".");
            }
        }

        /** A rate that falls to a tenth after so many losses without an improvement of a ten thousandth. */
        public static Plateau of(double first, int patience) {
            return new Plateau(first, 0.1, patience, 1e-4, 0);
        }

        /** The rate, the best loss, losses since then. */
        @Override
        public double[] begin() {
            return new double[] {first, Double.POSITIVE_INFINITY, 0};
        }

        @Override
        public double[] after(double[] state, double loss) {
            double best = state[1];
            if (best == Double.POSITIVE_INFINITY || loss < best * (1 - Math.copySign(threshold, best))) {
                return new double[] {state[0], loss, 0};
            }
            double since = state[2] + 1;
            return since > patience
                    ? new double[] {Math.max(floor, state[0] * factor), best, 0}
                    : new double[] {state[0], best, since};
        }

        @Override
        public double rate(double[] state) {
            return state[0];
        }
    }

    /**
     * A rate that rises while the loss falls, and falls while it rises: after every window of losses the rate becomes
     * rate − c·10^⌊log₁₀ rate⌋, where c is {@code diverging} for a slope above 1, {@code rising} for one above 0 and
     * {@code falling} otherwise, and the slope is (last − first)/mean over the window. V. Dharanalakota, A. A. Raikar,
     * P. K. Ghosh, "Improving neural network training using dynamic learning rate schedule for PINNs and image
     * classification", Machine Learning with Applications 21, 2025.
     *
     * @param first first rate
     * @param window losses from one change to the next, at least 2
     * @param diverging c for slopes above 1, usually 0.5
     * @param rising c for slopes above 0, usually 0.1
     * @param falling c for other slopes, usually −0.1
     * @param floor least rate
     * @param ceiling largest rate
     */
    record LossSlope(
            double first, int window, double diverging, double rising, double falling, double floor, double ceiling)
            implements AdaptiveRate {
        public LossSlope {
            if (!(floor > 0 && floor <= first && first <= ceiling && diverging < 1 && rising < 1) || window < 2) {
                throw new IllegalArgumentException("A rate that follows the slope of the loss needs 0 < floor ≤ first ≤"
                        + " ceiling, factors below 1 and a window of two losses or more, but got " + floor + ", "
                        + first
                        + ", " + ceiling + ", factors " + diverging + ", " + rising + " and a window of " + window
                        + ".");
            }
        }

        /** The rule with a window of ten losses and the usual factors, between 1e-10 and 1. */
        public static LossSlope of(double first) {
            return new LossSlope(first, 10, 0.5, 0.1, -0.1, 1e-10, 1);
        }

        /** The rate, how many losses of the window were seen, and these. */
        @Override
        public double[] begin() {
            double[] state = new double[2 + window];
            state[0] = first;
            return state;
        }

        @Override
        public double[] after(double[] state, double loss) {
            double[] next = state.clone();
            int seen = (int) state[1];
            next[2 + seen] = loss;
            next[1] = seen + 1;
            if (seen + 1 == window) {
                next[0] = changed(state[0], Arrays.copyOfRange(next, 2, 2 + window));
                next[1] = 0;
            }
            return next;
        }

        private double changed(double rate, double[] losses) {
            double mean = Arrays.stream(losses).sum() / window;
            double slope = (losses[window - 1] - losses[0]) / mean;
            double factor = slope > 1 ? diverging : slope > 0 ? rising : falling;
            double unit = StrictMath.pow(10, Math.floor(StrictMath.log10(rate)));
            return Math.max(floor, Math.min(ceiling, rate - factor * unit));
        }

        @Override
        public double rate(double[] state) {
            return state[0];
        }
    }
}
