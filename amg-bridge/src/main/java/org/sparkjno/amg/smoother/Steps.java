// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import java.util.List;
import org.sparkjno.amg.compiled.BlockRows;
import org.sparkjno.amg.compiled.Panel;
import org.sparkjno.amg.compiled.Real;
import org.sparkjno.amg.matrix.Blocking;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * What smoothers are made of that treat all rows alike, for several vectors at once.
 *
 * @param <V> arrays of numbers
 */
interface Steps<V> {
    /** r = b - A x. */
    void residual(V b, V x, V r);

    /**
     * d = keep d + gain S r and x = x + d.
     *
     * @param diagonal S
     * @param direction d, or null if nothing is kept of it
     * @param fromZero whether x was zero
     */
    void step(V diagonal, double gain, V r, double keep, V direction, V x, boolean fromZero);

    /** In Java. */
    record Plain(CsrMatrix matrix, int width, Team team) implements Steps<double[]> {
        @Override
        public void residual(double[] b, double[] x, double[] r) {
            matrix.residual(b, x, r, width, team);
        }

        @Override
        public void step(
                double[] diagonal,
                double gain,
                double[] r,
                double keep,
                double[] direction,
                double[] x,
                boolean fromZero) {
            team.forRows(matrix.rows(), (from, to) -> {
                for (int i = from; i < to; i++) {
                    double factor = gain * diagonal[i];
                    for (int at = i * width; at < (i + 1) * width; at++) {
                        double d = (keep == 0 ? 0 : keep * direction[at]) + factor * r[at];
                        if (direction != null) {
                            direction[at] = d;
                        }
                        x[at] = fromZero ? d : x[at] + d;
                    }
                }
            });
        }
    }

    /** As machine code. */
    record Compiled<V>(BlockRows<V> matrix, List<Panel<V>> panels, int width, Team team) implements Steps<V> {
        static <V> Compiled<V> of(BlockRows<V> matrix, int width, Team team) {
            return new Compiled<>(matrix, Panel.of(matrix.real(), 1, 1, width), width, team);
        }

        @Override
        public void residual(V b, V x, V r) {
            matrix.combine(b, -1, x, r, width, team);
        }

        @Override
        public void step(V diagonal, double gain, V r, double keep, V direction, V x, boolean fromZero) {
            team.forRows(
                    matrix.rows(),
                    (from, to) -> panels.forEach(
                            panel -> panel.step(diagonal, gain, r, keep, direction, x, fromZero, from, to)));
        }
    }

    /** A smoother of these steps as machine code. */
    record CompiledSteps<V>(BlockRows<V> matrix, Team team, Sweep<V> sweep) implements CompiledSmoother<V> {
        /** The halves for some steps. */
        interface Sweep<V> {
            Halves<V> of(Steps<V> steps, int length);
        }

        static <V> CompiledSteps<V> of(CsrMatrix matrix, Real<V> real, Team team, Sweep<V> sweep) {
            return new CompiledSteps<>(Blocking.whole(matrix, 1, 1, real, team), team, sweep);
        }

        @Override
        public Halves<V> begin(int width) {
            return sweep.of(Compiled.of(matrix, width, team), matrix.rows() * width);
        }

        @Override
        public long bytes() {
            return (long) matrix.real().bytes() * matrix.columns().length;
        }
    }
}
