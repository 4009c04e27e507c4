// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.io.Serializable;
import java.util.List;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.expression.Aggregation;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Term;
import org.sparkjno.lang.resample.Resampler;

/**
 * The points of a region that change while a problem is trained.
 *
 * @param region whose points
 * @param residual what they follow; empty for a rule that looks nowhere
 * @param rule how
 * @param every steps from one change to the next
 */
record Resampling(Region region, List<Expression> residual, Resampler rule, int every) implements Serializable {
    private static final long serialVersionUID = 1L;

    Resampling {
        residual = List.copyOf(residual);
        if (every < 1) {
            throw new ExpressionException("The points of " + region + " cannot change every " + every + " steps.");
        }
        if (!region.cloud().isRandom()) {
            throw new ExpressionException("The points of " + region
                    + " are fixed, so there are no others to choose from; take sampled points, or leave them.");
        }
        if (residual.isEmpty() != (rule.look() == Resampler.Look.NOWHERE)) {
            throw new ExpressionException("The points of " + region + " change by a rule that "
                    + (residual.isEmpty() ? "follows a residual; say which." : "follows no residual; leave it out."));
        }
        for (Expression one : residual) {
            if (!one.space().axes().contains(region.axis())) {
                throw new ExpressionException("The residual that the points of " + region
                        + " are to follow has values along " + one.space() + "; take one of that region.");
            }
        }
    }

    /** The length of the residual at each point, its mean over samples. */
    Expression magnitude() {
        Expression one = residual.get(0);
        Expression length = switch (one.space().components().rank()) {
            case 0 -> one.abs();
            case 1 -> one.norm();
            default ->
                throw new ExpressionException(
                        "The residual that the points of " + region + " are to follow is a matrix; take its norm.");
        };
        List<Axis> others = length.space().axes().stream()
                .filter(axis -> !axis.equals(region.axis()))
                .toList();
        return others.isEmpty() ? length : Expression.of(new Term.Aggregate(Aggregation.MEAN, others), length);
    }
}
