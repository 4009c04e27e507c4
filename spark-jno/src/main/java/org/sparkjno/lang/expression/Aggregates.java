// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.util.Arrays;
import java.util.List;

/**
 * One number of many: over all axes and components, or along the named axes that some variables have, as {@code u.mean(t)}. Over
 * all tasks alike, whichever has the points.
 */
public sealed interface Aggregates permits Expression {
    private Expression self() {
        return (Expression) this;
    }

    private Expression of(Aggregation aggregation) {
        Space space = self().space();
        Expression flat = space.components().rank() == 0
                ? self()
                : Expression.of(new Term.Components(new VectorFunction.Reduce(aggregation)), self());
        return space.axes().isEmpty() ? flat : Expression.of(new Term.Aggregate(aggregation, space.axes()), flat);
    }

    private Expression of(Aggregation aggregation, Expression... along) {
        List<Space> spaces = Arrays.stream(along).map(Expression::space).toList();
        return Expression.of(new Term.Aggregate(aggregation, Space.axes(spaces)), self());
    }

    /** Mean over all axes and components. */
    default Expression mean() {
        return of(Aggregation.MEAN);
    }

    /** Mean along the axes of some variables. */
    default Expression mean(Expression... along) {
        return of(Aggregation.MEAN, along);
    }

    /** Sum over all axes and components. */
    default Expression sum() {
        return of(Aggregation.SUM);
    }

    /** Sum along the axes of some variables. */
    default Expression sum(Expression... along) {
        return of(Aggregation.SUM, along);
    }

    /** Largest of all values. */
    default Expression max() {
        return of(Aggregation.MAX);
    }

    /** Largest value along the axes of some variables. */
    default Expression max(Expression... along) {
        return of(Aggregation.MAX, along);
    }

    /** Smallest of all values. */
    default Expression min() {
        return of(Aggregation.MIN);
    }

    /** Smallest value along the axes of some variables. */
    default Expression min(Expression... along) {
        return of(Aggregation.MIN, along);
    }

    /** Middle of all values of a scalar, or the mean of the two in the middle. */
    default Expression median() {
        return self().space().axes().isEmpty() ? of(Aggregation.MEDIAN) : median(self());
    }

    /** Middle value along the axes of some variables, or the mean of the two in the middle. */
    default Expression median(Expression... along) {
        return of(Aggregation.MEDIAN, along);
    }

    /** Product of all values, by the sum of logarithms; where a factor is 0 it has no derivative. */
    default Expression prod() {
        Expression negative = self().less(0).indicator().sum();
        return self().abs().log().sum().exp().times(negative.mod(2).times(2).from(1));
    }

    /** Product along the axes of some variables, as {@link #prod()}. */
    default Expression prod(Expression... along) {
        Expression negative = self().less(0).indicator().sum(along);
        return self().abs()
                .log()
                .sum(along)
                .exp()
                .times(negative.mod(2).times(2).from(1));
    }

    /** Mean square of the distance from the mean, over all values. */
    default Expression variance() {
        return self().minus(mean()).square().mean();
    }

    /** Mean square of the distance from the mean, along the axes of some variables. */
    default Expression variance(Expression... along) {
        return self().minus(mean(along)).square().mean(along);
    }

    /** Standard deviation of all values. */
    default Expression std() {
        return variance().sqrt();
    }

    /** Standard deviation along the axes of some variables. */
    default Expression std(Expression... along) {
        return variance(along).sqrt();
    }
}
