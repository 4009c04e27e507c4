// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.balance;

import java.util.List;
import java.util.function.Supplier;
import org.sparkjno.kernels.function.RandomKey;
import org.sparkjno.kernels.graph.Value;

/** The weights that a user gives, and nothing else. */
public record Fixed() implements Balance {
    @Override
    public Measure measure() {
        return Measure.NOTHING;
    }

    @Override
    public List<String> memory() {
        return List.of();
    }

    @Override
    public List<Value> next(Value measured, Value looks, List<Value> state, Supplier<RandomKey> key) {
        return List.of(Factors.ones(measured));
    }
}
