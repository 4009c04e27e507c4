// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.cycle;

import org.sparkjno.amg.compiled.Real;

/** A second visit with the residual of the first. */
final class TwoVisits<V> implements Visits<V> {
    private final Product<V> matrix;
    private final Real<V> real;
    private final V residual;
    private final V correction;

    TwoVisits(Product<V> matrix, Real<V> real, int length) {
        this.matrix = matrix;
        this.real = real;
        residual = real.zeros(length);
        correction = real.zeros(length);
    }

    @Override
    public void run(Correction<V> first, Correction<V> second, V b, V x) {
        first.apply(b, x);
        matrix.combine(b, -1, x, residual);
        second.apply(residual, correction);
        real.add(correction, x);
    }
}
