// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.sparkjno.amg.parallel.Team;

class CsrMatrixTest {
    private static CsrMatrix random(int rows, int columns, Random random) {
        CsrAssembler assembler = new CsrAssembler(rows, columns, 0);
        for (int k = 0; k < 2 * (rows + columns); k++) {
            assembler.add(random.nextInt(rows), random.nextInt(columns), random.nextGaussian());
        }
        return assembler.assemble();
    }

    private static double[][] dense(CsrMatrix a) {
        double[][] dense = new double[a.rows()][a.columnCount()];
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columnCount(); j++) {
                dense[i][j] = a.get(i, j);
            }
        }
        return dense;
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] c = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                for (int k = 0; k < b.length; k++) {
                    c[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return c;
    }

    private static void assertClose(double[][] actual, double[][] expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).containsExactly(expected[i], within(1e-12));
        }
    }

    @Property(tries = 50)
    void galerkinProductAgreesWithDense(
            @ForAll @IntRange(min = 1, max = 30) int fine,
            @ForAll @IntRange(min = 1, max = 12) int coarse,
            @ForAll long seed) {
        Random random = new Random(seed);
        CsrMatrix a = random(fine, fine, random);
        CsrMatrix p = random(fine, coarse, random);
        CsrMatrix r = p.transpose();
        CsrMatrix galerkin = a.galerkin(r, p, Team.of(2));
        double[][] expected = product(dense(r), product(dense(a), dense(p)));
        assertClose(dense(galerkin), expected);
        assertClose(dense(a.galerkin(r, p, galerkin.pattern(), Team.serial())), expected);
    }

    @Property(tries = 50)
    void transposeMovesEveryEntry(
            @ForAll @IntRange(min = 1, max = 20) int rows,
            @ForAll @IntRange(min = 1, max = 20) int columns,
            @ForAll long seed) {
        CsrMatrix a = random(rows, columns, new Random(seed));
        CsrMatrix t = a.transpose();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                assertThat(t.get(j, i)).isEqualTo(a.get(i, j));
            }
        }
        assertThat(t.transpose().columns()).isEqualTo(a.columns());
    }

    @Test
    void assemblerSortsSumsAndKeepsZeros() {
        CsrMatrix a = new CsrAssembler(3, 3, 0)
                .add(2, 2, 1)
                .add(0, 2, 1.5)
                .add(0, 0, 4)
                .add(0, 2, 2.5)
                .add(2, 0, 0)
                .assemble();
        assertThat(a.rowStart()).containsExactly(0, 2, 2, 4);
        assertThat(a.columns()).containsExactly(0, 2, 0, 2);
        assertThat(a.values()).containsExactly(4, 4, 0, 1);
        assertThat(a.diagonal()).containsExactly(4, 0, 1);
        double[] y = new double[3];
        a.multiply(new double[] {1, 10, 100}, y);
        assertThat(y).containsExactly(404, 0, 100);
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(() -> CsrMatrix.of(1, 2, new int[] {0, 2}, new int[] {1, 0}, new double[] {1, 1}))
                .hasMessage("Row 0 has column 0 after column 1; sort the columns and sum duplicates, as CsrAssembler"
                        + " does.");
        assertThatThrownBy(() -> CsrMatrix.of(1, 2, new int[] {0, 1}, new int[] {2}, new double[] {1}))
                .hasMessage("Row 0 names column 2, but there are only columns 0 to 1.");
        assertThatThrownBy(() -> CsrMatrix.of(1, 1, new int[] {0, 1}, new int[] {0}, new double[] {Double.NaN}))
                .hasMessage("Entry (0, 0) is NaN.");
        assertThatThrownBy(() -> CsrMatrix.of(2, 2, new int[] {0, 2, 1}, new int[] {0}, new double[] {1}))
                .hasMessageContaining("must not decrease");
        assertThatThrownBy(() -> CsrMatrix.of(2, 2, new int[] {0}, new int[0], new double[0]))
                .hasMessageContaining("rowStart must hold 3 positions");
        assertThatThrownBy(() -> new CsrAssembler(2, 3, 0).assemble().requireSquare())
                .hasMessageContaining("2 x 3");
        assertThatThrownBy(() -> new CsrAssembler(2, 2, 0).add(0, 2, 1)).hasMessageContaining("(0, 2) lies outside");
        CsrMatrix a = new CsrAssembler(2, 3, 0).assemble();
        assertThatThrownBy(() -> a.times(a)).hasMessageContaining("cannot be multiplied");
    }
}
