// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.balance;

import java.util.List;
import java.util.function.Supplier;
import org.sparkjno.kernels.function.RandomKey;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;
import org.sparkjno.lang.expression.Aggregation;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Noise;
import org.sparkjno.lang.expression.Term;
import org.sparkjno.lang.expression.VectorFunction;

/**
 * Factors of mean 1, inverse to the mean diagonal elements of the neural tangent kernels K = JJᵀ of the residuals, as a decaying mean
 * over looks: S. Wang, X. Yu, P. Perdikaris, "When and why PINNs fail to train: a neural tangent kernel perspective", J. Comput. Phys.
 * 449, 2022. The traces are estimated by one random vector per look: M. F. Hutchinson, "A stochastic estimator of the trace of the
 * influence matrix", 1989; that is E‖Jᵀv‖² for v of independent standard normal elements.
 *
 * @param every steps from one look to the next
 * @param decay of the mean; 0 for the last look alone
 */
public record NeuralTangent(int every, double decay) implements Balance {
    public NeuralTangent {
        if (every < 1 || !(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException(
                    "A balance of tangent kernels looks every step or more rarely, with a decay"
                            + " from 0 to below 1, but got " + every + " and " + decay + ".");
        }
    }

    /** With the usual decay of 0.9. */
    public static NeuralTangent every(int steps) {
        return new NeuralTangent(steps, 0.9);
    }

    @Override
    public Measure measure() {
        return Measure.TANGENT_TRACES;
    }

    @Override
    public List<String> memory() {
        return List.of();
    }

    @Override
    public List<Value> next(Value measured, Value looks, List<Value> state, Supplier<RandomKey> key) {
        Value traces = Factors.floored(measured);
        Value now = Factors.normalised(Factors.ones(traces).div(traces));
        return List.of(Factors.averaged(looks, decay, state.get(0), now));
    }

    /**
     * What a loss is the mean square of.
     *
     * @param name of the loss
     * @throws ExpressionException when it is the mean of something else
     */
    public static Expression residual(String name, Expression loss) {
        Expression square = loss.plain();
        while (isMean(square)) {
            square = square.operands().get(0).plain();
        }
        boolean isSquare = square.term().equals(new Term.Elementwise(Primitive.MUL))
                && square.operands().get(0) == square.operands().get(1);
        if (isSquare) {
            return square.operands().get(0);
        }
        throw new ExpressionException("A tangent kernel belongs to a residual, but the loss '" + name
                + "' is no mean of squares; write it as residual.meanSquare(), or balance by gradient norms.");
    }

    /** The sum of a residual times independent standard normal numbers: the square of its gradient has the mean tr K. */
    public static Expression probe(String name, Expression residual) {
        int components = Math.toIntExact(residual.space().components().size());
        if (residual.space().components().rank() > 1) {
            throw new ExpressionException(
                    "The residual of the loss '" + name + "' has matrices at its points; take vectors.");
        }
        Term.Random noise = new Term.Random(
                Noise.GAUSSIAN,
                residual.space().axes(),
                residual.space().components().rank() == 0 ? 0 : components,
                "tangent kernel of " + name);
        return residual.times(Expression.of(noise)).sum();
    }

    private static boolean isMean(Expression expression) {
        return expression.term() instanceof Term.Aggregate aggregate && aggregate.aggregation() == Aggregation.MEAN
                || expression.term() instanceof Term.Components components
                        && components.function().equals(new VectorFunction.Reduce(Aggregation.MEAN));
    }
}
