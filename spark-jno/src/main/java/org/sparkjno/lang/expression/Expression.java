// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.sparkjno.kernels.derive.DifferentialOperator;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * What is written in the traced language: a term applied to expressions. Immutable. An expression has named axes and a shape of
 * one value, known when it is written; how many points there are, and on which device it is computed, is decided later, so the
 * same expression is trained, tracked and evaluated elsewhere.
 *
 * <p>Operands meet along axes of one name. Components must agree, but for a scalar beside anything. All methods throw {@link
 * ExpressionException} for what has no meaning.
 *
 * <p>{@code plus}, {@code minus}, {@code times}, {@code div} and {@code unaryMinus} are Kotlin's operators by their names, {@code
 * $plus} and the like Scala's.
 */
public final class Expression implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Term term;
    private final List<Expression> operands;
    private final Space space;

    private Expression(Term term, List<Expression> operands, Space space) {
        this.term = term;
        this.operands = operands;
        this.space = space;
    }

    /** A term applied to operands. */
    public static Expression of(Term term, List<Expression> operands) {
        List<Space> spaces = operands.stream().map(Expression::space).toList();
        return new Expression(term, List.copyOf(operands), Inference.of(term, spaces));
    }

    /** A term applied to operands. */
    public static Expression of(Term term, Expression... operands) {
        return of(term, Arrays.asList(operands));
    }

    /** A number. */
    public static Expression constant(double value) {
        return of(new Term.Constant(value));
    }

    /** Something that data give a value to. */
    public static Expression variable(Source source) {
        return of(new Term.Variable(source));
    }

    /** Scalars as the components of a vector. */
    public static Expression vector(Expression... components) {
        return of(new Term.Components(new VectorFunction.Stack()), components);
    }

    /** {@code yes} where a condition holds, {@code no} elsewhere. */
    public static Expression where(Expression condition, Expression yes, Expression no) {
        return of(new Term.Elementwise(Primitive.SELECT), condition, yes, no);
    }

    public Term term() {
        return term;
    }

    public List<Expression> operands() {
        return operands;
    }

    /** Where this has values, and what one value is. */
    public Space space() {
        return space;
    }

    /** The name given by {@link #named}, or that of the source; empty for all else. */
    public Optional<String> name() {
        if (term instanceof Term.Named named) {
            return Optional.of(named.name());
        }
        return term instanceof Term.Variable variable
                ? Optional.of(variable.source().name())
                : Optional.empty();
    }

    /** This under a name, for text residuals, trackers and explanations. */
    public Expression named(String name) {
        return of(new Term.Named(name), this);
    }

    // Arithmetic

    public Expression plus(Expression other) {
        return LinearForm.sum(this, other, 1).orElseGet(() -> elementwise(Primitive.ADD, other));
    }

    public Expression plus(double other) {
        return elementwise(Primitive.ADD, constant(other));
    }

    public Expression minus(Expression other) {
        return LinearForm.sum(this, other, -1).orElseGet(() -> elementwise(Primitive.SUB, other));
    }

    public Expression minus(double other) {
        return elementwise(Primitive.SUB, constant(other));
    }

    /** {@code minuend − this}. */
    public Expression from(double minuend) {
        return constant(minuend).minus(this);
    }

    public Expression times(Expression other) {
        return elementwise(Primitive.MUL, other);
    }

    public Expression times(double other) {
        return LinearForm.scaled(this, other).orElseGet(() -> elementwise(Primitive.MUL, constant(other)));
    }

    public Expression div(Expression other) {
        return elementwise(Primitive.DIV, other);
    }

    public Expression div(double other) {
        return elementwise(Primitive.DIV, constant(other));
    }

    /** {@code dividend / this}. */
    public Expression into(double dividend) {
        return constant(dividend).div(this);
    }

    public Expression negate() {
        return LinearForm.scaled(this, -1).orElseGet(() -> elementwise(Primitive.NEG));
    }

    /** {@link #negate} by Kotlin's name. */
    public Expression unaryMinus() {
        return negate();
    }

    public Expression power(Expression exponent) {
        return elementwise(Primitive.POW, exponent);
    }

    /** A power; whole ones from −4 to 4 by multiplication, so that they have derivatives at 0 and below. */
    public Expression power(double exponent) {
        if (exponent == Math.rint(exponent) && Math.abs(exponent) <= 4 && exponent != 0) {
            Expression product = this;
            for (int i = 1; i < Math.abs(exponent); i++) {
                product = product.times(this);
            }
            return exponent > 0 ? product : product.into(1);
        }
        return power(constant(exponent));
    }

    public Expression square() {
        return times(this);
    }

    public Expression less(Expression other) {
        return elementwise(Primitive.LT, other);
    }

    public Expression less(double other) {
        return less(constant(other));
    }

    public Expression greater(Expression other) {
        return other.less(this);
    }

    public Expression greater(double other) {
        return constant(other).less(this);
    }

    public Expression minimum(Expression other) {
        return elementwise(Primitive.MIN, other);
    }

    public Expression maximum(Expression other) {
        return elementwise(Primitive.MAX, other);
    }

    public Expression abs() {
        return elementwise(Primitive.ABS);
    }

    public Expression sqrt() {
        return elementwise(Primitive.SQRT);
    }

    public Expression exp() {
        return elementwise(Primitive.EXP);
    }

    public Expression log() {
        return elementwise(Primitive.LOG);
    }

    public Expression sin() {
        return elementwise(Primitive.SIN);
    }

    public Expression cos() {
        return elementwise(Primitive.COS);
    }

    public Expression tanh() {
        return elementwise(Primitive.TANH);
    }

    /** Any scalar primitive of this and others. */
    public Expression elementwise(Primitive primitive, Expression... others) {
        List<Expression> all = new ArrayList<>(List.of(this));
        Collections.addAll(all, others);
        return of(new Term.Elementwise(primitive), all);
    }

    // Components

    /** Component i of a vector, from 0. */
    public Expression get(int component) {
        return of(new Term.Components(new VectorFunction.Component(component)), this);
    }

    /** Scalar product of two vectors. */
    public Expression dot(Expression other) {
        return of(new Term.Components(new VectorFunction.Einsum("i,i->")), this, other);
    }

    /** Euclidean length of a vector. */
    public Expression norm() {
        return dot(this).sqrt();
    }

    /** Sums of products of components in index notation, as {@code a.einsum("ij,j->i", b)}. */
    public Expression einsum(String notation, Expression... others) {
        List<Expression> all = new ArrayList<>(List.of(this));
        Collections.addAll(all, others);
        return of(new Term.Components(new VectorFunction.Einsum(notation)), all);
    }

    // Aggregates

    /** Mean over all axes and components. */
    public Expression mean() {
        return aggregate(Aggregation.MEAN);
    }

    /** Mean along the axes of some variables. */
    public Expression mean(Expression... along) {
        return aggregate(Aggregation.MEAN, along);
    }

    /** Sum over all axes and components. */
    public Expression sum() {
        return aggregate(Aggregation.SUM);
    }

    /** Sum along the axes of some variables. */
    public Expression sum(Expression... along) {
        return aggregate(Aggregation.SUM, along);
    }

    /** Largest of all values. */
    public Expression max() {
        return aggregate(Aggregation.MAX);
    }

    /** Largest value along the axes of some variables. */
    public Expression max(Expression... along) {
        return aggregate(Aggregation.MAX, along);
    }

    /** Smallest of all values. */
    public Expression min() {
        return aggregate(Aggregation.MIN);
    }

    /** Smallest value along the axes of some variables. */
    public Expression min(Expression... along) {
        return aggregate(Aggregation.MIN, along);
    }

    /** Mean of the squares. */
    public Expression meanSquare() {
        return square().mean();
    }

    /** {@code ‖this − reference‖ / ‖reference‖} in the Euclidean norm over all values. */
    public Expression relativeL2(Expression reference) {
        return minus(reference).square().sum().div(reference.square().sum()).sqrt();
    }

    private Expression aggregate(Aggregation aggregation) {
        Expression flat = space.components().rank() == 0
                ? this
                : of(new Term.Components(new VectorFunction.Reduce(aggregation)), this);
        return space.axes().isEmpty() ? flat : of(new Term.Aggregate(aggregation, space.axes()), flat);
    }

    private Expression aggregate(Aggregation aggregation, Expression... along) {
        return of(
                new Term.Aggregate(
                        aggregation,
                        Space.axes(Arrays.stream(along).map(Expression::space).toList())),
                this);
    }

    // Derivatives

    /** The partial derivative in coordinates, {@code u.d(x, x, y)} being u_xxy. */
    public Expression d(Expression... coordinates) {
        return Derivation.partial(this, coordinates);
    }

    /** The partial derivative in coordinates of one-letter names, {@code u.d("xxy")} being u_xxy. */
    public Expression d(String coordinates) {
        return Derivation.partial(this, Derivation.coordinates(this, coordinates));
    }

    /** The sum of the unmixed second derivatives. */
    public Expression laplacian(Expression... coordinates) {
        return Derivation.of(this, DifferentialOperator.laplacian(Derivation.numbers(coordinates)), coordinates);
    }

    /** The vector of first derivatives of a scalar. */
    public Expression grad(Expression... coordinates) {
        return vector(Arrays.stream(coordinates).map(this::d).toArray(Expression[]::new));
    }

    /** The divergence of a vector with one component per coordinate. */
    public Expression div(Expression first, Expression second, Expression... more) {
        List<Expression> coordinates = new ArrayList<>(List.of(first, second));
        Collections.addAll(coordinates, more);
        return Derivation.divergence(this, coordinates);
    }

    /** The third component u₂ₓ − u₁ᵧ of the curl of a plane vector field, or the curl of one in space. */
    public Expression curl(Expression... coordinates) {
        return Derivation.curl(this, coordinates);
    }

    /** The matrix of second derivatives of a scalar. */
    public Expression hessian(Expression... coordinates) {
        Expression[] rows = Arrays.stream(coordinates)
                .map(first -> vector(Arrays.stream(coordinates)
                        .map(second -> d(first, second))
                        .toArray(Expression[]::new)))
                .toArray(Expression[]::new);
        return vector(rows);
    }

    /** This with its derivatives, where no other is asked for, formed by a scheme. */
    public Expression by(Scheme scheme) {
        return Derivation.by(this, scheme);
    }

    /** This as a constant of all derivatives, those for training included. */
    public Expression stopGradient() {
        return of(new Term.StopGradient(), this);
    }

    /** This with variables replaced by other expressions. */
    public Expression at(Map<Expression, Expression> replacements) {
        return Substitution.of(this, replacements);
    }

    /** This with each variable replaced by what a function gives for it. */
    public Expression substitute(UnaryOperator<Expression> variables) {
        return Substitution.variables(this, variables);
    }

    // Scala's operators

    public Expression $plus(Expression other) {
        return plus(other);
    }

    public Expression $plus(double other) {
        return plus(other);
    }

    public Expression $minus(Expression other) {
        return minus(other);
    }

    public Expression $minus(double other) {
        return minus(other);
    }

    public Expression $times(Expression other) {
        return times(other);
    }

    public Expression $times(double other) {
        return times(other);
    }

    public Expression $div(Expression other) {
        return div(other);
    }

    public Expression $div(double other) {
        return div(other);
    }

    public Expression unary_$minus() {
        return negate();
    }

    /** As one would write it. */
    @Override
    public String toString() {
        return ExpressionText.of(this);
    }
}
