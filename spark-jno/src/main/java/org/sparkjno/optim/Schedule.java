// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim;

import java.io.Serializable;
import java.util.List;

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
     * Half a cosine from the peak down to the floor, which then stays: I. Loshchilov, F. Hutter, "SGDR", ICLR 2017,
     * without restarts.
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

    /**
     * A rate that falls all the time: {@code first·factor^(step/every)}. With falls at every {@code every} steps only,
     * it is {@link Steps}.
     *
     * @param first first rate
     * @param factor after every so many steps
     * @param every steps
     */
    record Exponential(double first, double factor, long every) implements Schedule {
        public Exponential {
            require(first > 0, "a positive first rate", first);
            require(factor > 0, "a positive factor", factor);
            require(every > 0, "at least one step per factor", (double) every);
        }

        @Override
        public double rate(long step) {
            return first * StrictMath.pow(factor, (double) step / every);
        }
    }

    /**
     * A rate that falls as {@code first/(1 + factor·step/every)}.
     *
     * @param first first rate
     * @param factor how much the divisor grows
     * @param every in so many steps
     */
    record InverseTime(double first, double factor, long every) implements Schedule {
        public InverseTime {
            require(first > 0, "a positive first rate", first);
            require(factor >= 0, "a factor of 0 or more", factor);
            require(every > 0, "at least one step", (double) every);
        }

        @Override
        public double rate(long step) {
            return first / (1 + factor * step / every);
        }
    }

    /**
     * Constant rates between given steps.
     *
     * @param boundaries steps at which the next rate begins, increasing
     * @param rates one more than boundaries
     */
    record Piecewise(List<Long> boundaries, List<Double> rates) implements Schedule {
        public Piecewise {
            boundaries = List.copyOf(boundaries);
            rates = List.copyOf(rates);
            require(rates.size() == boundaries.size() + 1, "one rate more than boundaries", (double) rates.size());
            rates.forEach(rate -> require(rate >= 0, "rates of 0 or more", rate));
            for (int i = 1; i < boundaries.size(); i++) {
                require(boundaries.get(i) > boundaries.get(i - 1), "increasing boundaries", (double) boundaries.get(i));
            }
        }

        @Override
        public double rate(long step) {
            int piece = 0;
            while (piece < boundaries.size() && step >= boundaries.get(piece)) {
                piece++;
            }
            return rates.get(piece);
        }
    }

    /**
     * One cycle: half a cosine from {@code peak/rise} up to the peak, then half a cosine down to {@code
     * peak/(rise·fall)}, which then stays. L. N. Smith, N. Topin, "Super-convergence: very fast training of neural
     * networks using large learning rates", 2018, in the form of PyTorch's OneCycleLR.
     *
     * @param peak highest rate
     * @param steps length
     * @param warmUp part of the steps that rises, above 0 and below 1
     * @param rise ratio of peak and first rate
     * @param fall ratio of first and last rate
     */
    record OneCycle(double peak, long steps, double warmUp, double rise, double fall) implements Schedule {
        public OneCycle {
            require(peak > 0, "a positive peak", peak);
            require(steps > 1, "at least two steps", (double) steps);
            require(warmUp > 0 && warmUp < 1, "a rising part between 0 and 1", warmUp);
            require(rise >= 1, "a rise of 1 or more", rise);
            require(fall >= 1, "a fall of 1 or more", fall);
        }

        @Override
        public double rate(long step) {
            double top = warmUp * steps - 1;
            double first = peak / rise;
            if (step < top) {
                return between(first, peak, step / top);
            }
            return between(peak, first / fall, Math.min(1, (step - top) / (steps - 1 - top)));
        }

        private static double between(double from, double to, double part) {
            return to + (from - to) * 0.5 * (1 + StrictMath.cos(Math.PI * part));
        }
    }

    /** One rate for all steps. */
    static Schedule constant(double rate) {
        return new Constant(rate);
    }

    /** Half a cosine from the peak to 0. */
    static Schedule cosine(double peak, long steps) {
        return new Cosine(peak, 0, steps);
    }

    /**
     * One cycle with PyTorch's shape: three tenths of the steps rise from peak/25, the rest falls to a 10⁴-th of that.
     */
    static Schedule oneCycle(double peak, long steps) {
        return new OneCycle(peak, steps, 0.3, 25, 1e4);
    }

    private static void require(boolean fine, String what, double got) {
        if (!fine) {
            throw new IllegalArgumentException("A learning rate schedule needs " + what + ", but got " + got + ".");
        }
    }
}
