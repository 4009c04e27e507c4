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
import org.sparkjno.lang.unit.Unit;

/**
 * What is written in the traced language: a term applied to expressions. Immutable. An expression has named axes and a shape of
 * one value, known when it is written; how many points there are, and on which device it is computed, is decided later, so the
 * same expression is trained, tracked and evaluated elsewhere.
 *
 * <p>Operands meet along axes of one name. Components must agree, but for a scalar beside anything. All methods throw {@link
 * ExpressionException} for what has no meaning.
 *
 * <p>{@code plus}, {@code minus}, {@code times}, {@code div}, {@code rem}, {@code unaryMinus} and {@code get} are Kotlin's operators
 * by their names; Scala's are {@link ScalaOperators}. A number on the left is written on the right, as {@code u.from(1)} for 1 − u.
 */
public final class Expression
        implements Serializable, ScalarFunctions, Comparisons, TensorFunctions, Aggregates, Losses, ScalaOperators {
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
        Conditions.check(term, operands);
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

    /** Scalars as the components of a vector, vectors as the rows of a matrix. */
    public static Expression vector(Expression... components) {
        return of(new Term.Components(new VectorFunction.Stack()), components);
    }

    /** Numbers as the components of a vector. */
    public static Expression vector(double... components) {
        return vector(Arrays.stream(components).mapToObj(Expression::constant).toArray(Expression[]::new));
    }

    /** Numbers as a matrix, row by row. */
    public static Expression matrix(double[]... rows) {
        return vector(Arrays.stream(rows).map(Expression::vector).toArray(Expression[]::new));
    }

    /** Vectors one after another, or tensors along their first axis of components; a scalar counts as one entry. */
    public static Expression concatenate(Expression... parts) {
        return of(new Term.Components(new ShapeFunction.Concatenate()), parts);
    }

    /** {@code yes} where a condition holds, {@code no} elsewhere. */
    public static Expression where(Expression condition, Expression yes, Expression no) {
        return of(new Term.Elementwise(Primitive.SELECT), condition, yes, no);
    }

    /** {@code yes} where a condition holds, a number elsewhere. */
    public static Expression where(Expression condition, Expression yes, double no) {
        return where(condition, yes, constant(no));
    }

    /** A number where a condition holds, {@code no} elsewhere. */
    public static Expression where(Expression condition, double yes, Expression no) {
        return where(condition, constant(yes), no);
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
        if (term.isRemark()) {
            return operands.get(0).name();
        }
        return term instanceof Term.Variable variable
                ? Optional.of(variable.source().name())
                : Optional.empty();
    }

    /** This without what was only remarked about it, such as its name and its unit. */
    public Expression plain() {
        return term.isRemark() ? operands.get(0).plain() : this;
    }

    /** This under a name, for text residuals, trackers and explanations. */
    public Expression named(String name) {
        return of(new Term.Named(name), this);
    }

    /**
     * This as a quantity in a unit, such as {@code m/s^2}, {@code kW} or {@code W/(m*K)}: its numbers count that unit.
     *
     * @throws IllegalArgumentException when the text is no unit
     */
    public Expression unit(String unit) {
        return of(new Term.Quantity(Unit.parse(unit)), this);
    }

    /** {@link #print(String, int)} in every hundredth step, under the name that this has or as it is written. */
    public Expression print() {
        return print(name().orElse(toString()), 100);
    }

    /**
     * This, with a line printed from inside the training step wherever it is part of a loss: its smallest value, its mean and its
     * largest, over all points, samples and components that the step computes (of a step in parts, its last part), before the
     * step's update. Elsewhere it is silent.
     *
     * @param label what the line calls it
     * @param every steps between two lines
     */
    public Expression print(String label, int every) {
        if (every < 1) {
            throw new ExpressionException("'" + label + "' cannot be printed every " + every + " steps.");
        }
        return of(new Term.Printed(label, every), this);
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

    /** {@link ScalarFunctions#mod} by Kotlin's name. */
    public Expression rem(Expression other) {
        return mod(other);
    }

    /** {@link ScalarFunctions#mod} by Kotlin's name. */
    public Expression rem(double other) {
        return mod(other);
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

    /** Any scalar primitive of this and others. */
    public Expression elementwise(Primitive primitive, Expression... others) {
        List<Expression> all = new ArrayList<>(List.of(this));
        Collections.addAll(all, others);
        return of(new Term.Elementwise(primitive), all);
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

    /** The matrix of first derivatives of a vector: row i holds those of component i. */
    public Expression jacobian(Expression... coordinates) {
        return Derivation.jacobian(this, coordinates);
    }

    /** The divergence of a vector with one component per coordinate. */
    public Expression divergence(Expression... coordinates) {
        return Derivation.divergence(this, List.of(coordinates));
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

    /** As one would write it. */
    @Override
    public String toString() {
        return ExpressionText.of(this);
    }
}
