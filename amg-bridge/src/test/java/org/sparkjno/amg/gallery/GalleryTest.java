// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.amg.matrix.CsrMatrix;

class GalleryTest {
    static Stream<Arguments> symmetric() {
        return Stream.of(
                Arguments.of("5-point", Stencils.laplacian(9, 1, 1), 81),
                Arguments.of("7-point", Stencils.laplacian(5, 1e-3, 1, 1), 125),
                Arguments.of("9-point", Stencils.ninePoint(6), 36),
                Arguments.of("27-point", Stencils.twentySevenPoint(5), 125),
                Arguments.of("insulated", Stencils.neumann(7, 1, 1), 49),
                Arguments.of("jumps", FiniteVolumes.chequerboard(12, 1e4), 1728),
                Arguments.of("lognormal", FiniteVolumes.lognormal(16, 3, 1), 256),
                Arguments.of("two materials", FiniteVolumes.twoMaterials(16, 1), 256),
                Arguments.of("rotated", FiniteElements.rotatedAnisotropy(8, 1e-3, Math.PI / 6), 64),
                Arguments.of("plate", Elasticity.clamped(4, 3).matrix(), 32),
                Arguments.of("beam", Elasticity.beam(2).matrix(), 270));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("symmetric")
    void isSymmetricWithPositiveDiagonal(String name, CsrMatrix a, int rows) {
        assertThat(a.rows()).isEqualTo(rows);
        assertThat(a.isSymmetric(1e-13)).isTrue();
        assertThat(a.diagonal()).matches(all -> Arrays.stream(all).allMatch(d -> d > 0));
    }

    @Test
    void stencilsHaveTheirEntries() {
        CsrMatrix a = Stencils.laplacian(4, 2, 5);
        assertThat(a.get(5, 5)).isEqualTo(14);
        assertThat(a.get(5, 1)).isEqualTo(-2);
        assertThat(a.get(5, 6)).isEqualTo(-5);
        assertThat(a.get(3, 4)).isZero();
        assertThat(a.entries()).isEqualTo(64);
        CsrMatrix box = Stencils.twentySevenPoint(3);
        assertThat(box.rowStart()[14] - box.rowStart()[13]).isEqualTo(27);
        assertThat(box.get(13, 13)).isEqualTo(26);
    }

    @Test
    void insulatedDomainsAndInnerRowsHaveZeroRowSums() {
        for (CsrMatrix a : List.of(
                Stencils.neumann(8, 1, 3), FiniteVolumes.neumann(3, 2, new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}))) {
            assertThat(rowSums(a)).containsOnly(new double[] {0}, within(1e-13));
        }
        CsrMatrix rotated = FiniteElements.rotatedAnisotropy(5, 1e-3, 0.4);
        assertThat(rowSums(rotated)[12]).isCloseTo(0, within(1e-14));
    }

    private static double[] rowSums(CsrMatrix a) {
        double[] ones = new double[a.rows()];
        Arrays.fill(ones, 1);
        double[] sums = new double[a.rows()];
        a.multiply(ones, sums);
        return sums;
    }

    /** The Q1 stencil of the Laplacian is (8 / -1) / 3, whatever the angle. */
    @Test
    void rotationOfAnIsotropicMediumChangesNothing() {
        CsrMatrix a = FiniteElements.rotatedAnisotropy(3, 1, 0.7);
        assertThat(a.get(4, 4)).isCloseTo(8.0 / 3, within(1e-14));
        assertThat(a.get(4, 0)).isCloseTo(-1.0 / 3, within(1e-14));
        assertThat(a.get(4, 1)).isCloseTo(-1.0 / 3, within(1e-14));
    }

    /** At 45 degrees the neighbours along (1, 1) are the strong ones, those along (1, -1) are not. */
    @Test
    void rotationPointsAlongItsAngle() {
        CsrMatrix a = FiniteElements.rotatedAnisotropy(3, 1e-3, Math.PI / 4);
        assertThat(a.get(4, 8)).isLessThan(-0.3);
        assertThat(a.get(4, 2)).isGreaterThan(0.05);
    }

    @Test
    void upwindMatricesAreDiagonallyDominantAndFollowTheWind() {
        CsrMatrix a = Convection.diagonal(16, 1e-6);
        assertThat(a.isSymmetric(1e-8)).isFalse();
        double h = 1.0 / 15;
        assertThat(a.get(17, 1)).isCloseTo(-1e-6 - h * Math.sqrt(0.5), within(1e-15));
        assertThat(a.get(17, 33)).isCloseTo(-1e-6, within(1e-15));
        assertThat(Arrays.stream(rowSums(Convection.recirculating(16, 1e-3)))
                        .min()
                        .getAsDouble())
                .isGreaterThan(-1e-12);
    }

    @Test
    void rigidMotionsOfAFreeElementCostNoEnergy() {
        for (int d = 2; d <= 3; d++) {
            double[][] element = Elasticity.elementMatrix(d);
            int corners = 1 << d;
            double[] rotation = new double[corners * d];
            for (int c = 0; c < corners; c++) {
                // (x, y) -> (-y, x); axis 0 is the slowest bit of the corner.
                rotation[c * d] = -(c >> (d - 2) & 1);
                rotation[c * d + 1] = c >> (d - 1) & 1;
            }
            for (double[] row : element) {
                double force = 0;
                for (int k = 0; k < row.length; k++) {
                    force += row[k] * rotation[k];
                }
                assertThat(force).isCloseTo(0, within(1e-14));
            }
        }
    }

    @Test
    void elasticSizesAreThoseOfTheFreeNodes() {
        Elasticity block = Elasticity.clamped(4, 5, 6);
        assertThat(block.matrix().rows()).isEqualTo(4 * 6 * 7 * 3);
        assertThat(block.coordinates()).hasSize(block.matrix().rows());
        assertThat(block.coordinates()[0]).isEqualTo(1);
        assertThatThrownBy(() -> Elasticity.clamped(4)).hasMessageContaining("2 or 3 dimensions");
    }

    @Test
    void realFormMultipliesLikeComplexNumbers() {
        CsrMatrix a = Composites.realForm(CsrMatrix.identity(1), CsrMatrix.identity(1));
        double[] y = new double[2];
        a.multiply(new double[] {2, 3}, y);
        assertThat(y).containsExactly(-1, 5);
        CsrMatrix wave = Composites.helmholtz(4, 2, 0.5, 0.1);
        assertThat(wave.get(0, 0)).isEqualTo(3.75);
        assertThat(wave.get(1, 0)).isCloseTo(0.025, within(1e-16));
        assertThat(wave.get(0, 1)).isCloseTo(-0.025, within(1e-16));
    }

    @Test
    void disconnectedDomainsStayApart() {
        CsrMatrix a = Composites.disconnected(List.of(Stencils.neumann(3, 1, 1), CsrMatrix.identity(2)));
        assertThat(a.rows()).isEqualTo(11);
        assertThat(a.get(9, 9)).isEqualTo(1);
        assertThat(rowSums(a)[8]).isZero();
    }

    @Test
    void tooLargeGridsAreRefused() {
        assertThatThrownBy(() -> Stencils.laplacian(1000, 1, 1, 1)).hasMessageContaining("2^31");
        assertThatThrownBy(() -> FiniteVolumes.dirichlet(3, 2, new double[4])).hasMessageContaining("9 cells");
    }
}
