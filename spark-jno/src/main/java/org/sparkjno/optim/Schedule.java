// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim;

import java.io.Serializable;

/** The learning rate as a function of the step, counted from 0. */
public sealed interface Schedule extends Serializable {
    /** The rate of a step. */
    double rate(long step);

    /**
     * One rate for all steps.
     *
     * @param rate the rate
     */
    record Constant(double rate) implements Schedule {
        public Constant {
            require(rate > 0, "a positive rate", rate);
        }

        @Override
        public double rate(long step) {
            return rate;
        }
    }

    /**
     * Half a cosine from the peak down to the floor, which then stays: I. Loshchilov, F. Hutter, "SGDR", ICLR 2017, without
     * restarts.
     *
     * @param peak first rate
     * @param floor last rate
     * @param steps length
     */
    record Cosine(double peak, double floor, long steps) implements Schedule {
        public Cosine {
            require(peak > 0, "a positive peak", peak);
            require(floor >= 0 && floor <= peak, "a floor between 0 and the peak", floor);
            require(steps > 0, "at least one step", (double) steps);
        }

        @Override
        public double rate(long step) {
            double done = Math.min(1, (double) step / steps);
            return floor + (peak - floor) * 0.5 * (1 + StrictMath.cos(Math.PI * done));
        }
    }

    /**
     * A rate that is multiplied by a factor every so many steps.
     *
     * @param first first rate
     * @param factor of each fall
     * @param every steps between two falls
     */
    record Steps(double first, double factor, long every) implements Schedule {
        public Steps {
            require(first > 0, "a positive first rate", first);
            require(factor > 0, "a positive factor", factor);
            require(every > 0, "at least one step between falls", (double) every);
        }

        @Override
        public double rate(long step) {
            return first * StrictMath.pow(factor, (double) (step / every));
        }
    }

    /**
     * A straight rise to the first rate of another schedule, which then begins.
     *
     * @param steps length of the rise
     * @param then what follows
     */
    record WarmUp(long steps, Schedule then) implements Schedule {
        public WarmUp {
            require(steps > 0, "at least one step", (double) steps);
        }

        @Override
        public double rate(long step) {
            return step < steps ? then.rate(0) * (step + 1) / steps : then.rate(step - steps);
        }
    }

    private static void require(boolean fine, String what, double got) {
        if (!fine) {
            throw new IllegalArgumentException("A learning rate schedule needs " + what + ", but got " + got + ".");
        }
    }
}
