// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import java.util.Objects;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * The Chebyshev polynomial in D⁻¹ A that is smallest on the upper part of its spectrum: the best parallel smoother, made
 * of matrix products alone.
 *
 * <p>Adams, Brezina, Hu and Tuminaro, "Parallel multigrid smoothing: polynomial versus Gauss-Seidel", J. Comput. Phys. 188,
 * 2003; recurrence of Saad, "Iterative Methods for Sparse Linear Systems", 2nd edition, algorithm 12.1. The interval is
 * [λ / ratio, λ] with λ from {@link SpectralBound}.
 */
public final class Chebyshev implements Smoother {
    private static final Settings STANDARD = new Settings(2, 4, Scaling.DIAGONAL);

    private final CsrMatrix matrix;
    private final Settings settings;
    private final double[] inverse;
    private final double upper;
    private final Team team;

    /** The diagonal matrix D. */
    public enum Scaling {
        /** The diagonal of A. */
        DIAGONAL,
        /** The mean of the l1 norms of row and column, for which 1 is always an upper bound. */
        L1
    }

    /**
     * The polynomial.
     *
     * @param order its degree, products with the matrix per sweep: 2 to 4 are usual
     * @param ratio of the largest eigenvalue to the smallest one that is damped, above 1
     * @param scaling the matrix D
     */
    public record Settings(int order, double ratio, Scaling scaling) implements Smoothing {
        public Settings {
            if (order < 1 || !(ratio > 1) || ratio == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("A Chebyshev smoother needs an order of at least 1 and a ratio above"
                        + " 1, but has " + order + " and " + ratio + ".");
            }
            Objects.requireNonNull(scaling, "scaling");
        }

        @Override
        public Chebyshev on(CsrMatrix matrix, int blockSize, Team team) {
            return new Chebyshev(matrix.requireSquare(), this, team);
        }
    }

    private Chebyshev(CsrMatrix matrix, Settings settings, Team team) {
        this.matrix = matrix;
        this.settings = settings;
        this.team = team;
        double[] diagonal = Diagonals.positive(matrix, "Chebyshev");
        inverse = settings.scaling() == Scaling.L1 ? Diagonals.l1Norms(matrix) : diagonal;
        for (int i = 0; i < inverse.length; i++) {
            inverse[i] = 1 / inverse[i];
        }
        upper = SpectralBound.of(matrix, inverse, team);
    }

    /**
     * The smoother of order 2 and ratio 4 on the diagonally scaled matrix.
     *
     * @throws IllegalArgumentException if a diagonal entry is not positive
     */
    public static Chebyshev of(CsrMatrix matrix, int blockSize, Team team) {
        return STANDARD.on(matrix, blockSize, team);
    }

    @Override
    public Application begin(int width) {
        double[] direction = new double[Math.multiplyExact(matrix.rows(), width)];
        return new Application() {
            @Override
            public void before(double[] b, double[] x, double[] r) {
                System.arraycopy(b, 0, r, 0, b.length);
                sweep(x, r, direction, width, true);
                matrix.residual(r, direction, r, width, team);
            }

            @Override
            public void after(double[] b, double[] x, double[] r) {
                matrix.residual(b, x, r, width, team);
                sweep(x, r, direction, width, false);
            }
        };
    }

    /** Adds the polynomial of the residual r of x (or of 0); r and the last direction are left for one more product. */
    private void sweep(double[] x, double[] r, double[] direction, int width, boolean fromZero) {
        double centre = 0.5 * (upper + upper / settings.ratio());
        double half = 0.5 * (upper - upper / settings.ratio());
        double sigma = centre / half;
        double rho = 1 / sigma;
        update(x, r, direction, 0, 1 / centre, width, fromZero);
        for (int step = 1; step < settings.order(); step++) {
            matrix.residual(r, direction, r, width, team);
            double next = 1 / (2 * sigma - rho);
            update(x, r, direction, next * rho, 2 * next / half, width, false);
            rho = next;
        }
    }

    /** d = keep d + gain D⁻¹ r; x = x + d. */
    private void update(
            double[] x, double[] r, double[] direction, double keep, double gain, int width, boolean fromZero) {
        team.forRows(matrix.rows(), (from, to) -> {
            for (int i = from; i < to; i++) {
                double factor = gain * inverse[i];
                for (int at = i * width; at < (i + 1) * width; at++) {
                    double d = (keep == 0 ? 0 : keep * direction[at]) + factor * r[at];
                    direction[at] = d;
                    x[at] = fromZero ? d : x[at] + d;
                }
            }
        });
    }

    @Override
    public String toString() {
        return "Chebyshev of order " + settings.order();
    }
}
