// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.LongToDoubleFunction;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.random.RandomStream;

/** A rule for the first values of a tensor. Rules of one's own are functions that give the same values to the same stream. */
@FunctionalInterface
public interface Initialiser extends Serializable {
    /**
     * The first values, row-major.
     *
     * @param shape of the tensor
     * @param stream of random numbers, its own
     */
    double[] values(Shape shape, RandomStream stream);

    private static double[] each(Shape shape, LongToDoubleFunction element) {
        double[] values = new double[Math.toIntExact(shape.size())];
        Arrays.setAll(values, element::applyAsDouble);
        return values;
    }

    /**
     * The same number everywhere.
     *
     * @param value the number
     */
    record Constant(double value) implements Initialiser {
        @Override
        public double[] values(Shape shape, RandomStream stream) {
            return each(shape, index -> value);
        }
    }

    /**
     * Independent uniform numbers.
     *
     * @param low lower bound
     * @param high upper bound
     */
    record Uniform(double low, double high) implements Initialiser {
        @Override
        public double[] values(Shape shape, RandomStream stream) {
            return each(shape, index -> low + (high - low) * stream.uniform(index));
        }
    }

    /**
     * Independent normal numbers.
     *
     * @param mean expected value
     * @param deviation standard deviation
     */
    record Normal(double mean, double deviation) implements Initialiser {
        @Override
        public double[] values(Shape shape, RandomStream stream) {
            return each(shape, index -> mean + deviation * stream.gaussian(index));
        }
    }

    /**
     * The numbers of another rule times a factor.
     *
     * @param rule the other one
     * @param factor multiplies them
     */
    record Scaled(Initialiser rule, double factor) implements Initialiser {
        @Override
        public double[] values(Shape shape, RandomStream stream) {
            double[] values = rule.values(shape, stream);
            return each(shape, index -> factor * values[(int) index]);
        }
    }

    /**
     * A random orthogonal matrix times a factor, uniformly distributed (Haar): the factor Q of a normal matrix whose R has a positive
     * diagonal. A. M. Saxe, J. L. McClelland, S. Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural
     * networks", ICLR 2014, section 3; F. Mezzadri, "How to generate random matrices from the classical compact groups", Notices AMS 54,
     * 2007. Of a tensor of more axes the last one makes the columns and the others the rows; the shorter side is orthonormal.
     *
     * @param gain the factor, 1 for linear layers
     */
    record Orthogonal(double gain) implements Initialiser {
        @Override
        public double[] values(Shape shape, RandomStream stream) {
            if (shape.rank() < 2) {
                throw new IllegalArgumentException(
                        "Orthogonal first values are those of a matrix, but a tensor has shape " + shape
                                + "; name the weights alone, as by '*.weight'.");
            }
            int columns = shape.dim(-1);
            int rows = Math.toIntExact(shape.size() / columns);
            boolean wide = columns > rows;
            double[][] q = OrthonormalRows.random(Math.min(rows, columns), Math.max(rows, columns), stream);
            return each(shape, index -> {
                int row = (int) (index / columns);
                int column = (int) (index % columns);
                return gain * (wide ? q[row][column] : q[column][row]);
            });
        }
    }

    /**
     * These numbers.
     *
     * @param numbers row-major
     */
    record Given(double... numbers) implements Initialiser {
        public Given {
            numbers = numbers.clone();
        }

        @Override
        public double[] values(Shape shape, RandomStream stream) {
            if (numbers.length != shape.size()) {
                throw new IllegalArgumentException("There are " + numbers.length
                        + " first values for a tensor of shape " + shape + ", which takes " + shape.size() + ".");
            }
            return numbers.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Given given && Arrays.equals(numbers, given.numbers);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(numbers);
        }
    }
}
