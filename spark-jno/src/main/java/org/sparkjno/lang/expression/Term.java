// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.io.Serializable;
import java.util.List;
import org.sparkjno.kernels.derive.DifferentialOperator;
import org.sparkjno.kernels.scalar.Primitive;
import org.sparkjno.lang.unit.Unit;

/** What an expression does with its operands: the closed set that the language is made of. */
public sealed interface Term extends Serializable {
    /**
     * A number.
     *
     * @param value the number
     * @param variable in place of which it was put in; null for none
     */
    record Constant(double value, Source variable) implements Term {
        private static final long serialVersionUID = 1L;

        /** A number that was written. */
        public Constant(double value) {
            this(value, null);
        }
    }

    /**
     * Something that data give a value to.
     *
     * @param source what
     */
    record Variable(Source source) implements Term {}

    /**
     * A scalar primitive, component by component.
     *
     * @param primitive which
     */
    record Elementwise(Primitive primitive) implements Term {}

    /**
     * A function of components.
     *
     * @param function which
     */
    record Components(PointFunction function) implements Term {}

    /**
     * One value of those along some axes.
     *
     * @param aggregation how they are combined
     * @param axes which disappear
     */
    record Aggregate(Aggregation aggregation, List<Axis> axes) implements Term {
        public Aggregate {
            axes = List.copyOf(axes);
        }
    }

    /**
     * A model of its arguments.
     *
     * @param callee the model
     */
    record Call(Callee callee) implements Term {}

    /**
     * A linear differential operator applied to the operand.
     *
     * @param operator whose coordinates are positions in {@code coordinates}
     * @param coordinates in which it differentiates
     * @param scheme how
     */
    record Differentiate(DifferentialOperator operator, List<Source> coordinates, Scheme scheme) implements Term {
        private static final long serialVersionUID = 1L;

        public Differentiate {
            coordinates = List.copyOf(coordinates);
        }

        /** Its scheme, or another if none is said. */
        public Scheme schemeOr(Scheme other) {
            return scheme == Scheme.UNSAID ? other : scheme;
        }
    }

    /** The operand as a constant of all derivatives. */
    record StopGradient() implements Term {}

    /**
     * Random numbers along axes, new ones in each step and zero outside of training.
     *
     * @param noise their distribution
     * @param axes along which they are independent
     * @param components how many at each point; 0 for a scalar
     * @param name tells noises apart
     */
    record Random(Noise noise, List<Axis> axes, int components, String name) implements Term {
        public Random {
            axes = List.copyOf(axes);
        }
    }

    /**
     * The operand under a name.
     *
     * @param name for text residuals, trackers and explanations
     */
    record Named(String name) implements Term {}

    /**
     * The operand as a quantity.
     *
     * @param unit that its numbers count
     */
    record Quantity(Unit unit) implements Term {}

    /**
     * The operand, of whose values training prints the smallest, the mean and the largest.
     *
     * @param label what to call it
     * @param every steps between two lines
     */
    record Printed(String label, int every) implements Term {}

    /** Whether it says something about the operand and leaves its numbers alone. */
    default boolean isRemark() {
        return this instanceof Named || this instanceof Quantity || this instanceof Printed;
    }
}
