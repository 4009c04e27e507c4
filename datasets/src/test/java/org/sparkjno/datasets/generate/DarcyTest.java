// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.sparkjno.amg.aggregation.SmoothedAggregation;
import org.sparkjno.amg.cycle.Multigrid;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.krylov.ConjugateGradient;
import org.sparkjno.amg.krylov.KrylovSolver;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.datasets.sample.PdeSample;
import org.sparkjno.datasets.sample.RegularGrid;

class DarcyTest {
    /** Largest error for u = sin πx sin 2πy and a = 2 + x + xy. */
    private static double manufacturedError(int points) {
        double h = 1.0 / (points - 1);
        double[] coefficient = new double[points * points];
        Arrays.setAll(coefficient, k -> 2 + k / points * h + k / points * h * (k % points) * h);
        CsrMatrix matrix = DiffusionOperator.assemble(coefficient, points);
        int interior = points - 2;
        double[] source = new double[matrix.rows()];
        double[] exact = new double[matrix.rows()];
        for (int k = 0; k < source.length; k++) {
            double x = (k / interior + 1) * h;
            double y = (k % interior + 1) * h;
            double sx = Math.sin(Math.PI * x);
            double sy = Math.sin(2 * Math.PI * y);
            exact[k] = sx * sy;
            double ux = Math.PI * Math.cos(Math.PI * x) * sy;
            double uy = 2 * Math.PI * sx * Math.cos(2 * Math.PI * y);
            double laplacian = -5 * Math.PI * Math.PI * exact[k];
            source[k] = -((1 + y) * ux + x * uy + (2 + x + x * y) * laplacian) * h * h;
        }
        double[] u = new double[source.length];
        KrylovSolver.of(new ConjugateGradient(), 1e-12)
                .solve(matrix, source, u, Multigrid.vCycle(Hierarchy.of(matrix, SmoothedAggregation.standard())));
        double error = 0;
        for (int k = 0; k < u.length; k++) {
            error = Math.max(error, Math.abs(u[k] - exact[k]));
        }
        return error;
    }

    @Test
    void discretisationIsOfSecondOrder() {
        double coarse = manufacturedError(33);
        double fine = manufacturedError(65);
        assertThat(Math.log(coarse / fine) / Math.log(2)).isBetween(1.9, 2.1);
        assertThat(fine).isLessThan(2e-3);
    }

    @Test
    void fluxAcrossALayerIsExact() {
        // A potential that rises by 1 / conductance from face to face carries a constant flux through both layers.
        int points = 9;
        double[] coefficient = new double[points * points];
        double[] potential = new double[points * points];
        for (int i = 0; i < points; i++) {
            for (int j = 0; j < points; j++) {
                coefficient[i * points + j] = i < 4 ? 12 : 3;
            }
        }
        double value = 0;
        for (int i = 1; i < points; i++) {
            double face = i < 4 ? 12 : i == 4 ? 2 * 12 * 3 / 15.0 : 3;
            value += 1 / face;
            Arrays.fill(potential, i * points, (i + 1) * points, value);
        }
        CsrMatrix matrix = DiffusionOperator.assemble(coefficient, points);
        int row = 3 * (points - 2) + 3;
        double flux = 0;
        for (int k = matrix.rowStart()[row]; k < matrix.rowStart()[row + 1]; k++) {
            int column = matrix.columns()[k];
            int point = (column / (points - 2) + 1) * points + column % (points - 2) + 1;
            flux += matrix.values()[k] * potential[point];
        }
        assertThat(flux).isCloseTo(0, within(1e-13));
    }

    @Test
    void matrixIsSymmetric() {
        double[] coefficient = new NeumannField(20, 2, 3).sample(4);
        CsrMatrix matrix = DiffusionOperator.assemble(
                Arrays.stream(coefficient).map(g -> g >= 0 ? 12 : 3).toArray(), 20);
        CsrMatrix transposed = matrix.transpose();
        assertThat(transposed.columns()).isEqualTo(matrix.columns());
        assertThat(transposed.values()).isEqualTo(matrix.values());
    }

    @Test
    void solutionHasATrueResidualBelow1e10() {
        int points = 85;
        PdeSample sample = new Darcy(points, 1).generator().sample(11);
        double[] a = sample.field(Darcy.COEFFICIENT).data();
        double[] u = sample.field(Darcy.SOLUTION).data();
        CsrMatrix matrix = DiffusionOperator.assemble(a, points);
        double square = 0;
        double h = 1.0 / (points - 1);
        double[] interior = new double[matrix.rows()];
        Arrays.setAll(interior, k -> u[(k / (points - 2) + 1) * points + k % (points - 2) + 1]);
        double[] au = new double[matrix.rows()];
        matrix.multiply(interior, au);
        for (double v : au) {
            square += (v - h * h) * (v - h * h);
        }
        assertThat(Math.sqrt(square / matrix.rows()) / (h * h)).isLessThan(1e-10);
        assertThat(Arrays.stream(a).distinct().toArray()).containsExactlyInAnyOrder(12, 3);
        for (int i = 0; i < points; i++) {
            assertThat(u[i] + u[i * points] + u[i * points + points - 1] + u[(points - 1) * points + i])
                    .isZero();
        }
    }

    @Test
    void oneSeedIsOneSampleWhateverWasMadeBefore() {
        Problem.Generator generator = Darcy.standard().generator();
        generator.sample(1);
        PdeSample second = generator.sample(2);
        assertThat(Darcy.standard().generator().sample(2)).isEqualTo(second);
        assertThat(generator.sample(3)).isNotEqualTo(second);
        assertThat(((RegularGrid) second.grid()).shape()).containsExactly(29, 29);
        assertThat(second.fields())
                .extracting(Object::toString)
                .containsExactly("coefficient[29, 29]", "solution[29, 29]");
    }

    @Test
    void meanSolutionIsThatOfTheKnownDataset() {
        Problem.Generator generator = new Darcy(43, 1).generator();
        double mean = 0;
        for (int seed = 0; seed < 100; seed++) {
            mean += Arrays.stream(generator.sample(seed).field(Darcy.SOLUTION).data())
                            .average()
                            .orElseThrow()
                    / 100;
        }
        // Between the constant media 12 and 3, whose means are .0351 / 12 and .0351 / 3.
        assertThat(mean).isBetween(0.0045, 0.0065);
    }

    @Test
    void badOptionsAreNamed() {
        assertThatThrownBy(() -> new Darcy(85, 5)).hasMessageContaining("stride 5 does not divide the 84 intervals");
        assertThatThrownBy(() -> new Darcy(3, 1)).hasMessageContaining("at least 5 points");
        assertThatThrownBy(() -> Problems.named("stokes"))
                .hasMessage("There is no problem 'stokes'; known are burgers, darcy.");
        assertThat(Problems.named("darcy")).isEqualTo(new Darcy(85, 3));
    }
}
