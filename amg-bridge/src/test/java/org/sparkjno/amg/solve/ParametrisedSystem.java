// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.kernels.graph.Value;

/**
 * A system A(p) x = b whose real matrix is linear in some parameters, with the derivatives of a loss of x by dense
 * inverses: textbook formulas that know nothing of graphs nor of sparse solvers.
 *
 * @param terms what every parameter adds to the matrix
 * @param n rows
 * @param point the parameters at which derivatives are taken
 * @param constants whether the matrix is singular, with constants as its null space on both sides
 * @param solution x as a value of a graph, of parameters and right-hand side
 */
record ParametrisedSystem(List<Term> terms, int n, double[] point, boolean constants, BinaryOperator<Value> solution) {
    /** {@code factor} times a parameter, added to an entry. */
    record Term(int row, int column, int parameter, double factor) {}

    /** ∂L in parameters and right-hand side. */
    record Gradient(double[] parameters, double[] rhs) {}

    CsrMatrix matrix(double[] p) {
        CsrAssembler assembler = new CsrAssembler(n, n, terms.size());
        terms.forEach(term -> assembler.add(term.row(), term.column(), term.factor() * p[term.parameter()]));
        return assembler.assemble();
    }

    /** A⁻¹, or A⁺ where A is singular. */
    private double[][] inverse(double[] p) {
        CsrMatrix a = matrix(p);
        double shift = constants ? 1.0 / n : 0;
        double[][] regular = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                regular[i][j] = a.get(i, j) + shift;
            }
        }
        double[][] inverse = DenseSolver.inverse(CsrMatrix.ofDense(regular));
        for (double[] row : inverse) {
            Arrays.setAll(row, j -> row[j] - shift);
        }
        return inverse;
    }

    /** L = ½ x·x + Σ sin x. */
    static double loss(double[] x) {
        return Arrays.stream(x).map(v -> 0.5 * v * v + Math.sin(v)).sum();
    }

    /** dL/db = λ and dL/dp = −Σ λ_i x_j ∂a_ij/∂p with Aᵀλ = x + cos x. */
    Gradient gradient(double[] p, double[] b) {
        double[][] inverse = inverse(p);
        double[] x = times(inverse, b, false);
        double[] lambda =
                times(inverse, Arrays.stream(x).map(v -> v + Math.cos(v)).toArray(), true);
        double[] slope = new double[p.length];
        for (Term term : terms) {
            slope[term.parameter()] -= lambda[term.row()] * x[term.column()] * term.factor();
        }
        return new Gradient(slope, lambda);
    }

    /** The derivative of the gradient along a direction. */
    Gradient second(double[] p, double[] b, double[] dp, double[] db) {
        double[][] inverse = inverse(p);
        double[] x = times(inverse, b, false);
        double[] lambda =
                times(inverse, Arrays.stream(x).map(v -> v + Math.cos(v)).toArray(), true);
        double[] right = db.clone();
        for (Term term : terms) {
            right[term.row()] -= dp[term.parameter()] * term.factor() * x[term.column()];
        }
        double[] dx = times(inverse, right, false);
        double[] left = new double[n];
        Arrays.setAll(left, i -> (1 - Math.sin(x[i])) * dx[i]);
        for (Term term : terms) {
            left[term.column()] -= dp[term.parameter()] * term.factor() * lambda[term.row()];
        }
        double[] dLambda = times(inverse, left, true);
        double[] slope = new double[p.length];
        for (Term term : terms) {
            int i = term.row();
            int j = term.column();
            slope[term.parameter()] -= (dLambda[i] * x[j] + lambda[i] * dx[j]) * term.factor();
        }
        return new Gradient(slope, dLambda);
    }

    private double[] times(double[][] inverse, double[] v, boolean transposed) {
        double[] result = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                result[i] += (transposed ? inverse[j][i] : inverse[i][j]) * v[j];
            }
        }
        return result;
    }

    /** One parameter per stored entry. */
    static ParametrisedSystem ofEntries(CsrMatrix a, SparseSolver solver) {
        List<Term> terms = new ArrayList<>();
        int[] rows = a.pattern().rowOfEntries();
        for (int k = 0; k < rows.length; k++) {
            terms.add(new Term(rows[k], a.columns()[k], k, 1));
        }
        SparseSolve solve = SparseSolve.by(solver);
        return new ParametrisedSystem(terms, a.rows(), a.values(), false, (p, b) -> solve.solve(a.pattern(), p, b));
    }
}
