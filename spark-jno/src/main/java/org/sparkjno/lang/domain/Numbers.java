// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.sparkjno.kernels.random.RandomStream;

/** Where numbers attached to a domain come from. */
public sealed interface Numbers extends Serializable {
    /**
     * The numbers, row-major.
     *
     * @param count how many
     * @param seed decides random ones
     */
    double[] draw(int count, long seed);

    /** Numbers given one by one. They are not copied: the caller gives the array away. */
    final class Given implements Numbers {
        private static final long serialVersionUID = 1L;

        private final double[] values;

        /** These numbers, row-major. */
        public Given(double... values) {
            this.values = values;
        }

        /** How many there are. */
        public int count() {
            return values.length;
        }

        @Override
        public double[] draw(int count, long seed) {
            if (count != values.length) {
                throw new IllegalArgumentException("There are " + values.length + " numbers where " + count
                        + " are needed; give one per sample, point and component.");
            }
            return values;
        }
    }

    /**
     * Independent uniform numbers.
     *
     * @param name tells streams apart
     * @param low lower bound
     * @param high upper bound
     */
    record Uniform(String name, double low, double high) implements Numbers {
        @Override
        public double[] draw(int count, long seed) {
            RandomStream stream = RandomStream.named(seed, name);
            double[] values = new double[count];
            Arrays.setAll(values, i -> low + (high - low) * stream.uniform(i));
            return values;
        }
    }

    /**
     * Independent normal numbers.
     *
     * @param name tells streams apart
     * @param mean their mean
     * @param deviation their standard deviation
     */
    record Normal(String name, double mean, double deviation) implements Numbers {
        @Override
        public double[] draw(int count, long seed) {
            RandomStream stream = RandomStream.named(seed, name);
            double[] values = new double[count];
            Arrays.setAll(values, i -> mean + deviation * stream.gaussian(i));
            return values;
        }
    }

    /**
     * Functions of Gaussian random fields and the like: one row per sample.
     *
     * @param name tells streams apart
     * @param row makes the numbers of one sample of its stream
     * @param width numbers of one sample
     */
    record Rows(String name, Row row, int width) implements Numbers {
        @Override
        public double[] draw(int count, long seed) {
            double[] values = new double[count];
            for (int i = 0; i * width < count; i++) {
                double[] one = row.of(RandomStream.named(seed, name + " of sample " + i));
                System.arraycopy(one, 0, values, i * width, width);
            }
            return values;
        }
    }

    /** Rows that are read when a step needs them, one for each sample, and never held together. */
    non-sealed interface OnDemand extends Numbers {
        /** How many rows there are. */
        int rows();

        /** Numbers of a row. */
        int width();

        /** Some rows, one after another. */
        double[] rows(int[] samples);

        /**
         * The rows from one to before another, as those to train on and those to test with.
         *
         * @throws IllegalArgumentException when there are not so many
         */
        default OnDemand between(int from, int to) {
            return new Part(this, from, to);
        }

        /** Refuses another number of rows, or rows of another length. */
        default void require(int samples, int numbers) {
            if (samples != rows() || numbers != width()) {
                throw new IllegalArgumentException("There are " + rows() + " rows of " + width() + " numbers where "
                        + samples
                        + " of " + numbers + " are needed; give one row per sample, with a number for each point and"
                        + " component.");
            }
        }

        @Override
        default double[] draw(int count, long seed) {
            require(count / width(), width());
            return rows(IntStream.range(0, rows()).toArray());
        }
    }

    /**
     * Consecutive rows.
     *
     * @param all rows
     * @param from the first of them
     * @param to one after the last
     */
    record Part(OnDemand all, int from, int to) implements OnDemand {
        public Part {
            if (from < 0 || to <= from || to > all.rows()) {
                throw new IllegalArgumentException("Rows " + from + " to " + to + " were asked for, but there are "
                        + all.rows() + "; take at least one of them.");
            }
        }

        @Override
        public int rows() {
            return to - from;
        }

        @Override
        public int width() {
            return all.width();
        }

        @Override
        public double[] rows(int[] samples) {
            return all.rows(Arrays.stream(samples).map(sample -> from + sample).toArray());
        }
    }

    /** The numbers of one sample. */
    @FunctionalInterface
    interface Row extends Serializable {
        /** The numbers made of a stream of random ones. */
        double[] of(RandomStream stream);
    }
}
