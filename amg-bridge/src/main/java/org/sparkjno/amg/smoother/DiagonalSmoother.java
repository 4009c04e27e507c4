// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import java.util.Arrays;
import java.util.Optional;
import org.sparkjno.amg.compiled.Real;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * x = x + D (b − A x) with some diagonal D. Where D is made from the rows of A, the sweep after the coarse correction
 * takes it from the columns, so that the sweeps on Aᵀ are the transposed ones; for symmetric matrices these are the same.
 */
final class DiagonalSmoother implements Smoother {
    private final String name;
    private final CsrMatrix matrix;
    private final double[] before;
    private final double[] after;
    private final Team team;

    DiagonalSmoother(String name, CsrMatrix matrix, double[] ofRows, double[] ofColumns, Team team) {
        this.name = name;
        this.matrix = matrix;
        this.before = ofRows;
        this.after = Arrays.equals(ofRows, ofColumns) ? ofRows : ofColumns;
        this.team = team;
    }

    @Override
    public Application begin(int width) {
        return Application.of(new Scaled<>(new Steps.Plain(matrix, width, team), before, after));
    }

    @Override
    public <V> Optional<CompiledSmoother<V>> compiled(Real<V> real, Optional<CompiledSmoother<V>> earlier) {
        V first = real.of(before);
        V second = before == after ? first : real.of(after);
        return Optional.of(
                Steps.CompiledSteps.of(matrix, real, team, (steps, length) -> new Scaled<>(steps, first, second)));
    }

    private record Scaled<V>(Steps<V> steps, V before, V after) implements Halves<V> {
        @Override
        public void before(V b, V x, V r) {
            steps.step(before, 1, b, 0, null, x, true);
            steps.residual(b, x, r);
        }

        @Override
        public void after(V b, V x, V r) {
            steps.residual(b, x, r);
            steps.step(after, 1, r, 0, null, x, false);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
