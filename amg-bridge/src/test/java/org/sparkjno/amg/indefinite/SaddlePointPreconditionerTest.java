// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.indefinite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.amg.classical.ClassicalCoarsening;
import org.sparkjno.amg.cycle.Multigrid;
import org.sparkjno.amg.direct.DirectSolver;
import org.sparkjno.amg.gallery.Composites;
import org.sparkjno.amg.gallery.SaddlePoints;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.krylov.Gmres;
import org.sparkjno.amg.krylov.KrylovSolver;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/** Block substitution for saddle points: few iterations, little growth, and a transpose that is one. */
class SaddlePointPreconditionerTest {
    private static Preconditioner cycle(CsrMatrix a) {
        return Multigrid.vCycle(Hierarchy.of(a, ClassicalCoarsening.standard()));
    }

    private static Preconditioner blocks(CsrMatrix a) {
        return SaddlePointPreconditioner.of(a, SaddlePointPreconditionerTest::cycle, Team.serial())
                .orElseThrow();
    }

    private static int iterations(CsrMatrix a, Preconditioner preconditioner) {
        double[] b = new double[a.rows()];
        Arrays.fill(b, 1);
        double[] x = new double[a.rows()];
        int iterations = KrylovSolver.of(new Gmres(60), 1e-8)
                .solve(a, b, x, preconditioner)
                .iterations();
        double[] r = new double[a.rows()];
        a.residual(b, x, r);
        assertThat(Math.sqrt(Arrays.stream(r).map(v -> v * v).sum() / a.rows())).isLessThanOrEqualTo(1e-8);
        return iterations;
    }

    /** (K Bᵀ; B −C) with the pressures of a compressible fluid. */
    private static CsrMatrix compressible(int cells, double compliance) {
        CsrMatrix flow = SaddlePoints.stokes(cells, 1);
        CsrAssembler assembler = new CsrAssembler(flow.rows(), flow.rows(), flow.entries());
        double[] diagonal = flow.diagonal();
        for (int i = 0; i < flow.rows(); i++) {
            for (int k = flow.rowStart()[i]; k < flow.rowStart()[i + 1]; k++) {
                assembler.add(i, flow.columns()[k], flow.values()[k]);
            }
            if (diagonal[i] == 0) {
                assembler.add(i, i, -compliance);
            }
        }
        return assembler.assemble();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-3})
    void viscousFlow(double viscosity) {
        int few = iterations(SaddlePoints.stokes(24, viscosity), blocks(SaddlePoints.stokes(24, viscosity)));
        int many = iterations(SaddlePoints.stokes(72, viscosity), blocks(SaddlePoints.stokes(72, viscosity)));
        assertThat(few).isLessThanOrEqualTo(24);
        assertThat(many).isLessThanOrEqualTo(32);
    }

    /** Flow through a porous body: K is diagonal, so with exact blocks the triangle is all but the matrix itself. */
    @Test
    void porousFlowByExactBlocks() {
        CsrMatrix flow = SaddlePoints.stokes(16, 1);
        double[] diagonal = flow.diagonal();
        CsrAssembler assembler = new CsrAssembler(flow.rows(), flow.rows(), flow.entries());
        for (int i = 0; i < flow.rows(); i++) {
            for (int k = flow.rowStart()[i]; k < flow.rowStart()[i + 1]; k++) {
                int j = flow.columns()[k];
                if (diagonal[i] == 0 || diagonal[j] == 0 || i == j) {
                    assembler.add(i, j, flow.values()[k]);
                }
            }
        }
        CsrMatrix porous = assembler.assemble();
        Preconditioner exact = SaddlePointPreconditioner.of(
                        porous, block -> DirectSolver.of(block).orElseThrow(), Team.serial())
                .orElseThrow();
        assertThat(iterations(porous, exact)).isLessThanOrEqualTo(2);
        assertThat(iterations(porous, blocks(porous))).isLessThanOrEqualTo(16);
    }

    @Test
    void compressibleFlow() {
        CsrMatrix a = compressible(32, 1e-3);
        assertThat(iterations(a, blocks(a))).isLessThanOrEqualTo(60);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-2})
    void theTransposeIsOne(double compliance) {
        CsrMatrix a = compressible(12, compliance);
        Preconditioner exact = SaddlePointPreconditioner.of(
                        a, block -> DirectSolver.of(block).orElseThrow(), Team.serial())
                .orElseThrow();
        int n = a.rows();
        double[] u = new Random(1).doubles(2 * n, -1, 1).toArray();
        double[] v = new Random(2).doubles(2 * n, -1, 1).toArray();
        double[] forward = new double[2 * n];
        double[] backward = new double[2 * n];
        exact.begin(2).apply(u, forward);
        exact.transposed().begin(2).apply(v, backward);
        double left = 0;
        double right = 0;
        for (int i = 0; i < 2 * n; i++) {
            left += forward[i] * v[i];
            right += u[i] * backward[i];
        }
        assertThat(left).isCloseTo(right, within(1e-9 * Math.abs(left)));
    }

    @Test
    void aMatrixOfOneBlockIsLeftToOthers() {
        CsrMatrix a = Stencils.laplacian(5, 1, 1);
        assertThat(SaddlePointPreconditioner.of(a, SaddlePointPreconditionerTest::cycle, Team.serial()))
                .isEmpty();
    }

    @Test
    void theCompanionOfWavesIsDiffusion() {
        CsrMatrix companion = DominantCompanion.of(Composites.shifted(Stencils.laplacian(9, 1, 1), 1, -0.3));
        assertThat(companion.get(40, 40)).isEqualTo(4);
        assertThat(companion.get(40, 41)).isEqualTo(-1);
        // Of a corner the two neighbours and what the shift has left.
        assertThat(companion.get(0, 0)).isEqualTo(3.7);
        assertThat(DirectSolver.of(companion).orElseThrow().toString()).contains("LDL'");
    }
}
