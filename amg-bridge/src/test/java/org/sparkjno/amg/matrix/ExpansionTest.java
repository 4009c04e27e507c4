// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Dense and block matrices become the same matrices in compressed rows. */
final class ExpansionTest {
    private static final double[][] DENSE = {{1, 2, 0, 0}, {3, 4, 0, 0}, {5, 0, 7, 8}, {6, 0, 9, 10}};

    @Test
    void denseMatricesLoseTheirZeros() {
        CsrMatrix a = CsrMatrix.ofDense(DENSE);
        assertThat(a.entries()).isEqualTo(10);
        assertEqual(a);
        assertThatThrownBy(() -> CsrMatrix.ofDense(new double[][] {{1, 2}, {1}}))
                .hasMessageContaining("Row 1");
        assertThatThrownBy(() -> CsrMatrix.ofDense(new double[][] {{Double.NaN}}))
                .hasMessageContaining("NaN");
    }

    @Test
    void blocksKeepTheirZeros() {
        double[] values = {1, 2, 3, 4, 5, 0, 6, 0, 7, 8, 9, 10};
        CsrMatrix a = CsrMatrix.ofBlocks(2, new int[] {0, 1, 3}, new int[] {0, 0, 1}, 2, values);
        assertThat(a.entries()).isEqualTo(12);
        assertEqual(a);
        assertThatThrownBy(() -> CsrMatrix.ofBlocks(2, new int[] {0, 1}, new int[] {0}, 2, new double[3]))
                .hasMessageContaining("hold 4 values");
        assertThatThrownBy(() -> CsrMatrix.ofBlocks(1, new int[] {0, 1}, new int[] {1}, 2, new double[4]))
                .hasMessageContaining("Row 0 names column 1");
    }

    @Test
    void complexEntriesAreBlocks() {
        CsrMatrix a = new CsrAssembler(2, 2, 1).addComplex(0, 0, 3, 4).assemble();
        assertThat(a.values()).containsExactly(3, -4, 4, 3);
    }

    private static void assertEqual(CsrMatrix a) {
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                assertThat(a.get(i, j)).isEqualTo(DENSE[i][j]);
            }
        }
    }
}
