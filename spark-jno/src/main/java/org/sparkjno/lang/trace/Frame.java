// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.trace;

import java.util.List;
import java.util.Optional;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.expression.Aggregation;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Callee;
import org.sparkjno.lang.expression.Scheme;
import org.sparkjno.lang.expression.Setting;
import org.sparkjno.lang.expression.Source;
import org.sparkjno.lang.expression.Term;
import org.sparkjno.lang.expression.Traced;
import org.sparkjno.nn.Weights;

/** What gives expressions their values: data, weights, and how many points there are. */
public interface Frame extends Setting {
    /** The scheme of derivatives that name none. */
    Scheme scheme();

    /** The values of a source; its axes lie in their order. */
    Traced value(Source source);

    /** The weights of a model, seen from it. */
    Weights weights(Callee callee);

    /** Noise along the axes of the term. */
    Traced random(Term.Random random);

    /**
     * One value of those along some axes, of all tasks that share them.
     *
     * @param operand what is aggregated
     * @param axes which disappear
     */
    Traced aggregate(Aggregation aggregation, Traced operand, List<Axis> axes);

    /** The part of an axis of points that this task computes; empty where it computes all of it. */
    default Optional<Rows> part(Axis axis) {
        return Optional.empty();
    }

    /** All points of what each task has its part of. */
    default Traced gathered(Traced parts) {
        return parts;
    }

    /** The same data at all points, also at those whose values other tasks compute. */
    default Frame everywhere() {
        return this;
    }

    /** A number of the precision. */
    default Value number(double value) {
        return Value.scalar(precision(), value);
    }
}
