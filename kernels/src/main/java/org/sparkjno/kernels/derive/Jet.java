// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.sparkjno.kernels.graph.Value;

/**
 * How a value moves: its coefficients in the elements of a {@link JetAlgebra} other than one. A coefficient that is
 * absent is zero.
 */
final class Jet {
    /** Of what does not move. */
    static final Jet ZERO = new Jet(new TreeMap<>());

    private final SortedMap<Integer, Value> coefficients;

    Jet(SortedMap<Integer, Value> coefficients) {
        this.coefficients = Collections.unmodifiableSortedMap(coefficients);
    }

    SortedMap<Integer, Value> coefficients() {
        return coefficients;
    }

    /** One coefficient; null where it is zero. */
    Value coefficient(int element) {
        return coefficients.get(element);
    }

    boolean isZero() {
        return coefficients.isEmpty();
    }

    /** A linear function of every coefficient. */
    Jet map(UnaryOperator<Value> linear) {
        SortedMap<Integer, Value> mapped = new TreeMap<>();
        coefficients.forEach((element, value) -> mapped.put(element, linear.apply(value)));
        return new Jet(mapped);
    }

    Jet plus(Jet other) {
        SortedMap<Integer, Value> sum = new TreeMap<>(coefficients);
        other.coefficients.forEach((element, value) -> sum.merge(element, value, Linearisation::sum));
        return new Jet(sum);
    }
}
