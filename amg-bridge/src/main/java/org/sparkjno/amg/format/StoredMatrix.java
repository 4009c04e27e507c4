// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.format;

import java.util.Objects;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * A matrix of a file.
 *
 * @param matrix the matrix, or its real form if it is complex: each entry a + ib is then the block [[a, -b], [b, a]], and each
 *     unknown its real part followed by its imaginary part
 * @param complex whether the matrix is a real form
 */
public record StoredMatrix(CsrMatrix matrix, boolean complex) {
    public StoredMatrix {
        Objects.requireNonNull(matrix, "matrix");
        if (complex && (matrix.rows() % 2 != 0 || matrix.columnCount() % 2 != 0)) {
            throw new IllegalArgumentException("A " + matrix + " is no real form of a complex matrix: a size is odd.");
        }
    }

    /** Real rows that belong to one row of the file: 2 for a complex matrix, else 1. */
    public int blockSize() {
        return complex ? 2 : 1;
    }
}
