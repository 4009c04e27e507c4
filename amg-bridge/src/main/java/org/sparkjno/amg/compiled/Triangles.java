// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.compiled;

import java.util.Optional;

/**
 * A square matrix, or its diagonal parts, as Gauss-Seidel sweeps need it. Of a symmetric matrix the lower triangle is
 * enough, which halves what has to come from memory.
 *
 * @param lower blocks left of the diagonal
 * @param upper blocks right of it; empty if the matrix is symmetric
 * @param inverse inverses of the diagonal blocks, each row after row
 */
public record Triangles<V>(BlockRows<V> lower, Optional<BlockRows<V>> upper, V inverse) {
    /** Memory of the arrays in bytes. */
    public long bytes() {
        long diagonal = (long) lower.real().bytes() * lower.rows() * lower.height() * lower.height();
        return lower.bytes() + diagonal + upper.map(BlockRows::bytes).orElse(0L);
    }

    Object[] arrays(V b, V x, V r) {
        Object[] arrays = {lower.start(), lower.columns(), lower.values(), null, null, null, inverse, b, x, r};
        upper.ifPresent(rows -> {
            arrays[3] = rows.start();
            arrays[4] = rows.columns();
            arrays[5] = rows.values();
        });
        return arrays;
    }
}
