// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import java.util.Objects;
import java.util.Optional;
import org.sparkjno.amg.compiled.Real;
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
        return Application.of(new Polynomial<>(new Steps.Plain(matrix, width, team), inverse, direction));
    }

    @Override
    public <V> Optional<CompiledSmoother<V>> compiled(Real<V> real, Optional<CompiledSmoother<V>> earlier) {
        V scaling = real.of(inverse);
        return Optional.of(Steps.CompiledSteps.of(
                matrix, real, team, (steps, length) -> new Polynomial<>(steps, scaling, real.zeros(length))));
    }

    private final class Polynomial<V> implements Halves<V> {
        private final Steps<V> steps;
        private final V scaling;
        private final V direction;

        Polynomial(Steps<V> steps, V scaling, V direction) {
            this.steps = steps;
            this.scaling = scaling;
            this.direction = direction;
        }

        @Override
        public void before(V b, V x, V r) {
            // The residual of x = 0 is b: the first step reads it where it is.
            sweep(x, b, r, true);
            steps.residual(settings.order() == 1 ? b : r, direction, r);
        }

        @Override
        public void after(V b, V x, V r) {
            steps.residual(b, x, r);
            sweep(x, r, r, false);
        }

        /** Adds the polynomial of the residual {@code first} of x; r and the last direction are left for one more product. */
        private void sweep(V x, V first, V r, boolean fromZero) {
            double centre = 0.5 * (upper + upper / settings.ratio());
            double half = 0.5 * (upper - upper / settings.ratio());
            double sigma = centre / half;
            double rho = 1 / sigma;
            V known = first;
            steps.step(scaling, 1 / centre, known, 0, direction, x, fromZero);
            for (int step = 1; step < settings.order(); step++) {
                steps.residual(known, direction, r);
                known = r;
                double next = 1 / (2 * sigma - rho);
                steps.step(scaling, 2 * next / half, known, next * rho, direction, x, false);
                rho = next;
            }
        }
    }

    @Override
    public String toString() {
        return "Chebyshev of order " + settings.order();
    }
}
