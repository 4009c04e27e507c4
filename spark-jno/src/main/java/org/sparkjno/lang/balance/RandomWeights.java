// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.balance;

import java.util.List;
import java.util.function.Supplier;
import org.sparkjno.kernels.function.RandomKey;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * Factors that are uniformly distributed on the simplex, new ones in each step: B. Lin, F. Ye, Y. Zhang, I. W. Tsang, "Reasonable
 * effectiveness of random weighting", 2021, with Dirichlet weights.
 */
public record RandomWeights() implements Balance {
    @Override
    public Measure measure() {
        return Measure.LOSSES;
    }

    @Override
    public List<String> memory() {
        return List.of();
    }

    @Override
    public List<Value> next(Value measured, Value looks, List<Value> state, Supplier<RandomKey> key) {
        Value uniform = key.get().fold("RandomWeights".hashCode()).uniform(measured.type());
        Value exponential = uniform.negate().apply(Primitive.LOG1P).negate();
        return List.of(Factors.normalised(Factors.floored(exponential)));
    }
}
