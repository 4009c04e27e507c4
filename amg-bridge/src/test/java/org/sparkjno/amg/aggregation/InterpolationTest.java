// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.amg.gallery.Composites;
import org.sparkjno.amg.gallery.Elasticity;
import org.sparkjno.amg.gallery.FiniteVolumes;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.hierarchy.CoarseLevel;
import org.sparkjno.amg.hierarchy.FineLevel;
import org.sparkjno.amg.hierarchy.NearNullSpace;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

class InterpolationTest {
    private static FineLevel level(CsrMatrix a, int blockSize, NearNullSpace nearNull) {
        return new FineLevel(a, blockSize, nearNull, 0, Team.serial());
    }

    private static FineLevel level(CsrMatrix a) {
        return level(a, 1, NearNullSpace.constants(a.rows(), 1));
    }

    private static CsrMatrix interpolation(CoarseLevel coarse) {
        return coarse.transfer().interpolation();
    }

    static Stream<Arguments> nearNullSpaces() {
        Elasticity plate = Elasticity.clamped(9, 8);
        Elasticity block = Elasticity.clamped(5, 6, 4);
        double[] random = new Random(3).doubles(600).toArray();
        double[] dependent = new double[600];
        for (int i = 0; i < 200; i++) {
            dependent[3 * i] = random[i];
            dependent[3 * i + 1] = 2 * random[i];
            dependent[3 * i + 2] = i % 7;
        }
        return Stream.of(
                Arguments.of(1, NearNullSpace.constants(200, 1)),
                Arguments.of(2, NearNullSpace.constants(200, 2)),
                Arguments.of(1, new NearNullSpace(600, 1, random)),
                Arguments.of(2, new NearNullSpace(200, 3, random)),
                Arguments.of(1, new NearNullSpace(200, 3, dependent)),
                Arguments.of(2, NearNullSpace.rigidBodyModes(plate.coordinates(), 2)),
                Arguments.of(3, NearNullSpace.rigidBodyModes(block.coordinates(), 3)));
    }

    @ParameterizedTest
    @MethodSource("nearNullSpaces")
    void tentativeInterpolationReproducesTheNearNullSpace(int blockSize, NearNullSpace fine) {
        int nodes = fine.rows() / blockSize;
        int[] owner = new int[nodes];
        Arrays.setAll(owner, i -> Math.min(i / 8, nodes / 8 - 1));
        Aggregates aggregates = new Aggregates(owner, nodes / 8);
        Tentative t = Tentative.of(fine, blockSize, aggregates, Team.serial());
        int width = fine.width();
        for (int i = 0; i < fine.rows(); i++) {
            for (int v = 0; v < width; v++) {
                double sum = 0;
                for (int u = 0; u < width; u++) {
                    sum += t.values()[i * width + u] * t.coarse().get(owner[i / blockSize] * width + u, v);
                }
                assertThat(sum).isCloseTo(fine.get(i, v), within(1e-12));
            }
        }
        assertColumnsAreOrthogonal(t, blockSize, aggregates);
    }

    /** Whatever the rank of the near-null vectors on an aggregate. */
    private static void assertColumnsAreOrthogonal(Tentative t, int blockSize, Aggregates aggregates) {
        int width = t.width();
        int[] size = aggregates.sizes();
        double[] gram = new double[aggregates.count() * width * width];
        for (int i = 0; i < t.values().length / width; i++) {
            for (int u = 0; u < width * width; u++) {
                gram[aggregates.owner()[i / blockSize] * width * width + u] +=
                        t.values()[i * width + u / width] * t.values()[i * width + u % width];
            }
        }
        for (int u = 0; u < gram.length; u++) {
            int place = u % (width * width);
            double expected = place / width == place % width ? size[u / (width * width)] : 0;
            assertThat(gram[u]).isCloseTo(expected, within(1e-11));
        }
    }

    @Test
    void constantsAreInterpolatedExactlyWhereRowsSumToZero() {
        double[] coefficient = new double[900];
        Random random = new Random(9);
        Arrays.setAll(coefficient, i -> Math.exp(3 * random.nextGaussian()));
        CsrMatrix a = FiniteVolumes.neumann(30, 2, coefficient);
        CoarseLevel coarse = SmoothedAggregation.standard().coarsen(level(a)).orElseThrow();
        double[] ones = new double[coarse.nearNullSpace().rows()];
        Arrays.fill(ones, 1);
        assertThat(coarse.nearNullSpace().values()).containsExactly(ones);
        double[] fine = new double[a.rows()];
        interpolation(coarse).multiply(ones, fine);
        assertThat(fine).containsOnly(new double[] {1}, within(1e-12));
    }

    @Test
    void rigidMotionsAreInterpolatedExactlyFarFromTheClampedFace() {
        Elasticity plate = Elasticity.clamped(12, 12);
        NearNullSpace modes = NearNullSpace.rigidBodyModes(plate.coordinates(), 2);
        CoarseLevel coarse = new SmoothedAggregation(0.16, 0, Aggregation.GREEDY, new Prolongation.Jacobi())
                .coarsen(level(plate.matrix(), 2, modes))
                .orElseThrow();
        assertThat(coarse.blockSize()).isEqualTo(3);
        CsrMatrix p = interpolation(coarse);
        for (int v = 0; v < 3; v++) {
            double[] c = new double[p.columnCount()];
            for (int i = 0; i < c.length; i++) {
                c[i] = coarse.nearNullSpace().get(i, v);
            }
            double[] fine = new double[p.rows()];
            p.multiply(c, fine);
            for (int i = 0; i < fine.length; i++) {
                if (plate.coordinates()[i / 2 * 2] > 1) {
                    assertThat(fine[i]).isCloseTo(modes.get(i, v), within(1e-11));
                }
            }
        }
    }

    @Test
    void rigidBodyModesCostNoEnergyInsideTheBody() {
        Elasticity block = Elasticity.clamped(4, 3, 3);
        NearNullSpace modes = NearNullSpace.rigidBodyModes(block.coordinates(), 3);
        assertThat(modes.width()).isEqualTo(6);
        for (int v = 0; v < 6; v++) {
            double[] u = new double[modes.rows()];
            for (int i = 0; i < u.length; i++) {
                u[i] = modes.get(i, v);
            }
            double[] force = new double[u.length];
            block.matrix().multiply(u, force);
            for (int i = 0; i < u.length; i++) {
                if (block.coordinates()[i / 3 * 3] > 1) {
                    assertThat(force[i]).isCloseTo(0, within(1e-13));
                }
            }
        }
    }

    /** A complex matrix in real form is aggregated and smoothed as the complex matrix would be. */
    @Test
    void complexSystemsKeepTheirForm() {
        CsrMatrix a = Composites.helmholtz(24, 2, 0.4, 0.3);
        CsrMatrix p = interpolation(SmoothedAggregation.standard()
                .coarsen(level(a, 2, NearNullSpace.constants(a.rows(), 2)))
                .orElseThrow());
        for (int i = 0; i < p.rows(); i += 2) {
            for (int k = p.rowStart()[i]; k < p.rowStart()[i + 1]; k++) {
                int j = p.columns()[k] / 2 * 2;
                assertThat(p.get(i, j)).isCloseTo(p.get(i + 1, j + 1), within(1e-14));
                assertThat(p.get(i, j + 1)).isCloseTo(-p.get(i + 1, j), within(1e-14));
            }
        }
    }

    /** Multiplied by a complex number, a real matrix has the same interpolation, twice. */
    @Test
    void aComplexMultipleOfARealMatrixIsInterpolatedLikeIt() {
        CsrMatrix a = FiniteVolumes.lognormal(24, 2, 5);
        double[] values = a.values().clone();
        Arrays.setAll(values, k -> -0.7 * values[k]);
        CsrMatrix turned = Composites.realForm(a, CsrMatrix.of(a.pattern(), values));
        CsrMatrix real =
                interpolation(SmoothedAggregation.standard().coarsen(level(a)).orElseThrow());
        CsrMatrix complex = interpolation(SmoothedAggregation.standard()
                .coarsen(level(turned, 2, NearNullSpace.constants(turned.rows(), 2)))
                .orElseThrow());
        assertThat(complex.entries()).isEqualTo(4 * real.entries());
        // Power steps start from other vectors, so the damping may differ a little.
        for (int i = 0; i < real.rows(); i++) {
            for (int k = real.rowStart()[i]; k < real.rowStart()[i + 1]; k++) {
                int j = real.columns()[k];
                assertThat(complex.get(2 * i, 2 * j)).isCloseTo(real.values()[k], within(0.05));
                assertThat(complex.get(2 * i, 2 * j + 1)).isCloseTo(0, within(1e-12));
            }
        }
    }

    @Test
    void theNumberOfThreadsDoesNotChangeABit() {
        Elasticity block = Elasticity.clamped(14, 14, 14);
        NearNullSpace modes = NearNullSpace.rigidBodyModes(block.coordinates(), 3);
        SmoothedAggregation method = SmoothedAggregation.standard().with(Aggregation.INDEPENDENT);
        CsrMatrix alone =
                interpolation(method.coarsen(level(block.matrix(), 3, modes)).orElseThrow());
        CsrMatrix together = interpolation(method.coarsen(new FineLevel(block.matrix(), 3, modes, 0, Team.of(3)))
                .orElseThrow());
        assertThat(together.pattern()).isEqualTo(alone.pattern());
        assertThat(together.values()).isEqualTo(alone.values());
    }

    @Test
    void matricesWithoutCouplingsAreNotCoarsened() {
        assertThat(SmoothedAggregation.standard().coarsen(level(CsrMatrix.identity(1))))
                .isEmpty();
        assertThat(SmoothedAggregation.standard().coarsen(level(CsrMatrix.identity(500))))
                .isEmpty();
    }

    /** A zero row, like an isolated one, gets an empty row of P: no level below knows of it. */
    @Test
    void zeroAndIdentityRowsAreLeftAlone() {
        CsrAssembler assembler = new CsrAssembler(203, 203, 800);
        CsrMatrix path = Stencils.laplacian(200, 1);
        for (int i = 0; i < 200; i++) {
            for (int k = path.rowStart()[i]; k < path.rowStart()[i + 1]; k++) {
                assembler.add(i, path.columns()[k], path.values()[k]);
            }
        }
        CsrMatrix a = assembler.add(201, 201, 1).add(202, 202, 0).assemble();
        CsrMatrix p =
                interpolation(SmoothedAggregation.standard().coarsen(level(a)).orElseThrow());
        assertThat(p.rowStart()[203]).isEqualTo(p.rowStart()[200]);
        assertThat(p.values()).doesNotContain(Double.NaN);
    }

    @Test
    void impossibleOptionsAreRefused() {
        assertThatThrownBy(() -> new SmoothedAggregation(1, 0, Aggregation.GREEDY, new Prolongation.Jacobi()))
                .hasMessageContaining("[0, 1)");
        assertThatThrownBy(() -> new SmoothedAggregation(0, Double.NaN, Aggregation.GREEDY, new Prolongation.Jacobi()))
                .hasMessageContaining("[0, 1)");
        assertThatThrownBy(() -> NearNullSpace.rigidBodyModes(new double[4], 4)).hasMessageContaining("2 or 3");
        assertThatThrownBy(() -> NearNullSpace.rigidBodyModes(new double[4], 3)).hasMessageContaining("multiple of 3");
    }
}
