// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sparkjno.amg.krylov.SolveReport.Status;

/**
 * One cycle of restarted GMRES, all right-hand sides in lockstep: Arnoldi's basis of the Krylov space of A M⁻¹, a least
 * squares problem per right-hand side, and one correction at the end.
 */
final class ArnoldiCycle implements KrylovIteration {
    /** A new direction that is smaller than this part of the product lies within the basis: the space is invariant. */
    private static final double INVARIANT = 1e-15;

    private final PreconditionedSystem system;
    private final VectorSpace space;
    private final int restart;
    private final Orthogonalisation orthogonalisation;
    private final boolean flexible;
    /** Grown when first needed and kept over the cycles. */
    private final List<double[]> basis = new ArrayList<>();
    /** M⁻¹ of every basis vector where the preconditioner may change, else one workspace. */
    private final List<double[]> corrections = new ArrayList<>();

    ArnoldiCycle(PreconditionedSystem system, int restart, Orthogonalisation orthogonalisation, boolean flexible) {
        this.system = system;
        this.space = system.space();
        this.restart = restart;
        this.orthogonalisation = orthogonalisation;
        this.flexible = flexible;
    }

    @Override
    public void run(double[] x, double[] r, ConvergenceMonitor monitor) {
        double[] norms = space.norm(r);
        HessenbergLeastSquares[] problems = new HessenbergLeastSquares[space.width()];
        for (int j = 0; j < problems.length; j++) {
            problems[j] = new HessenbergLeastSquares(norms[j]);
        }
        double[] first = vector(basis, 0);
        System.arraycopy(r, 0, first, 0, r.length);
        space.scale(monitor.scalars(j -> 1 / norms[j]), first);
        int size = 0;
        while (size < restart && monitor.running()) {
            extend(size, problems, monitor);
            size++;
        }
        correct(x, problems, size);
    }

    private double[] vector(List<double[]> vectors, int index) {
        while (vectors.size() <= index) {
            vectors.add(space.zeros());
        }
        return vectors.get(index);
    }

    /** Adds the product with basis vector k, less its part within the basis, as basis vector k + 1. */
    private void extend(int k, HessenbergLeastSquares[] problems, ConvergenceMonitor monitor) {
        double[] z = vector(corrections, flexible ? k : 0);
        double[] w = vector(basis, k + 1);
        system.precondition(basis.get(k), z);
        system.multiply(z, w);
        double[][] h = orthogonalise(k + 1, w, monitor);
        double[] length = h[k + 1];
        double[] residual = new double[space.width()];
        boolean[] invariant = new boolean[space.width()];
        for (int j = 0; j < residual.length; j++) {
            if (monitor.running(j)) {
                double[] column = column(h, j);
                invariant[j] = !(length[j] > INVARIANT * HessenbergLeastSquares.norm(column));
                column[k + 1] = invariant[j] ? 0 : length[j];
                residual[j] = problems[j].append(column);
            }
        }
        space.scale(monitor.scalars(j -> invariant[j] ? 0 : 1 / length[j]), w);
        monitor.advance(residual);
        for (int j = 0; j < residual.length; j++) {
            if (invariant[j]) {
                monitor.stop(j, Status.BREAKDOWN);
            }
        }
    }

    /** Removes the basis from w; returns the coefficients and, last, the norms of what is left. */
    private double[][] orthogonalise(int size, double[] w, ConvergenceMonitor monitor) {
        double[][] h = new double[size + 1][space.width()];
        if (orthogonalisation == Orthogonalisation.MODIFIED_GRAM_SCHMIDT) {
            for (int i = 0; i < size; i++) {
                double[] product = space.dot(basis.get(i), w);
                h[i] = product;
                space.axpy(monitor.scalars(j -> -product[j]), basis.get(i), w);
            }
            h[size] = space.norm(w);
            return h;
        }
        List<double[]> vectors = basis.subList(0, size);
        remove(space.dots(vectors, w), vectors, w, h, monitor);
        // The second pass corrects by rounding only, so Pythagoras gives the norm without a reduction of its own.
        double[][] products =
                space.dots(Stream.concat(vectors.stream(), Stream.of(w)).toList(), w);
        remove(products, vectors, w, h, monitor);
        for (int j = 0; j < space.width(); j++) {
            double square = products[size][j];
            for (int i = 0; i < size; i++) {
                square -= products[i][j] * products[i][j];
            }
            h[size][j] = Math.sqrt(Math.max(0, square));
        }
        return h;
    }

    private void remove(
            double[][] products, List<double[]> vectors, double[] w, double[][] h, ConvergenceMonitor monitor) {
        double[][] minus = new double[vectors.size()][];
        for (int i = 0; i < minus.length; i++) {
            double[] product = products[i];
            minus[i] = monitor.scalars(j -> -product[j]);
            for (int j = 0; j < product.length; j++) {
                h[i][j] += product[j];
            }
        }
        space.combine(minus, vectors, w);
    }

    private static double[] column(double[][] h, int j) {
        double[] column = new double[h.length];
        for (int i = 0; i < column.length; i++) {
            column[i] = h[i][j];
        }
        return column;
    }

    /** x += M⁻¹ V y. */
    private void correct(double[] x, HessenbergLeastSquares[] problems, int size) {
        double[][] weights = new double[size][space.width()];
        for (int j = 0; j < problems.length; j++) {
            double[] y = problems[j].solution();
            for (int i = 0; i < y.length; i++) {
                weights[i][j] = y[i];
            }
        }
        if (flexible) {
            space.combine(weights, corrections, x);
            return;
        }
        double[] sum = space.zeros();
        space.combine(weights, basis, sum);
        double[] correction = vector(corrections, 0);
        system.precondition(sum, correction);
        space.axpy(space.scalars(1), correction, x);
    }
}
