// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.generate;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.sparkjno.amg.aggregation.SmoothedAggregation;
import org.sparkjno.amg.cycle.Multigrid;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.krylov.ConjugateGradient;
import org.sparkjno.amg.krylov.KrylovSolver;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.datasets.sample.Field;
import org.sparkjno.datasets.sample.PdeSample;
import org.sparkjno.datasets.sample.RegularGrid;

/**
 * Steady flow through a porous medium of two materials: −∇·(a∇u) = 1 on the unit square, u = 0 on the boundary; a is 12
 * where a Gaussian random field of covariance 9 (−Δ + 9)⁻² is not negative, and 3 elsewhere.
 *
 * <p>Li et al., "Fourier neural operator for parametric partial differential equations", ICLR 2021, section 5.2. (The
 * factor of the covariance does not matter for its sign.) Solved to a true relative residual of 1e-10.
 *
 * @param points points per axis of the solve, boundary included
 * @param stride every stride-th point is kept; must divide {@code points − 1} so that the boundary is kept
 */
public record Darcy(int points, int stride) implements Problem {
    private static final long serialVersionUID = 1L;

    static final String NAME = "darcy";

    /** Name of the field a. */
    public static final String COEFFICIENT = "coefficient";

    /** Name of the field u. */
    public static final String SOLUTION = "solution";

    private static final double HIGH = 12;
    private static final double LOW = 3;
    private static final double ALPHA = 2;
    private static final double TAU = 3;
    private static final double TOLERANCE = 1e-10;

    public Darcy {
        if (points < 5) {
            throw new IllegalArgumentException("Darcy flow needs at least 5 points per axis, but has " + points + ".");
        }
        if (stride < 1 || (points - 1) % stride != 0) {
            throw new IllegalArgumentException("The stride " + stride + " does not divide the " + (points - 1)
                    + " intervals of " + points + " points, so the far boundary would be lost.");
        }
    }

    /** Solved at 85 x 85, kept at 29 x 29. */
    public static Darcy standard() {
        return new Darcy(85, 3);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RegularGrid grid() {
        return RegularGrid.unit(2, (points - 1) / stride + 1);
    }

    @Override
    public List<String> fieldNames() {
        return List.of(COEFFICIENT, SOLUTION);
    }

    @Override
    public Generator generator() {
        NeumannField field = new NeumannField(points, ALPHA, TAU);
        int[] shape = {points, points};
        return seed -> {
            double[] coefficient = threshold(field.sample(seed));
            double[] solution = solve(coefficient, points);
            return new PdeSample(
                    seed,
                    grid(),
                    List.of(
                            new Field(COEFFICIENT, shape, coefficient).subsample(stride),
                            new Field(SOLUTION, shape, solution).subsample(stride)),
                    Map.of());
        };
    }

    private static double[] threshold(double[] field) {
        double[] coefficient = new double[field.length];
        Arrays.setAll(coefficient, i -> field[i] >= 0 ? HIGH : LOW);
        return coefficient;
    }

    /** u at all points for a at all points, boundary included. */
    static double[] solve(double[] coefficient, int points) {
        CsrMatrix matrix = DiffusionOperator.assemble(coefficient, points);
        double spacing = 1.0 / (points - 1);
        double[] source = new double[matrix.rows()];
        Arrays.fill(source, spacing * spacing);
        double[] unknowns = new double[matrix.rows()];
        KrylovSolver.of(new ConjugateGradient(), TOLERANCE)
                .solve(
                        matrix,
                        source,
                        unknowns,
                        Multigrid.vCycle(Hierarchy.of(matrix, SmoothedAggregation.standard())));
        double[] solution = new double[points * points];
        int interior = points - 2;
        for (int i = 0; i < interior; i++) {
            System.arraycopy(unknowns, i * interior, solution, (i + 1) * points + 1, interior);
        }
        return solution;
    }
}
