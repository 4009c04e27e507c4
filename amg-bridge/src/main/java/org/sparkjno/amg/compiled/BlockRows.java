// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.compiled;

import java.util.List;
import java.util.Objects;
import org.sparkjno.amg.parallel.Team;

/**
 * Rows of a sparse matrix in block compressed row storage, in one precision; the arrays are only read. With blocks of one
 * entry it is a scalar matrix.
 *
 * @param real the precision
 * @param height rows of a block
 * @param breadth columns of a block
 * @param start per block row the position of its first block, and the number of blocks at the end
 * @param columns block column of every block, increasing within a block row
 * @param values block after block, each row after row
 */
public record BlockRows<V>(Real<V> real, int height, int breadth, int[] start, int[] columns, V values) {
    public BlockRows {
        Objects.requireNonNull(real, "real");
        Objects.requireNonNull(values, "values");
    }

    /** Number of block rows. */
    public int rows() {
        return start.length - 1;
    }

    /**
     * Y = base + factor A X.
     *
     * @param base null for zero; may be {@code y}
     * @param x (columns x width), row after row
     * @param y (rows x width)
     */
    public void combine(V base, double factor, V x, V y, int width, Team team) {
        List<Panel<V>> panels = Panel.of(real, height, breadth, width);
        team.forRows(rows(), (from, to) -> panels.forEach(panel -> panel.combine(this, base, factor, x, y, from, to)));
    }

    /** Memory of the arrays in bytes. */
    public long bytes() {
        return Integer.BYTES * ((long) start.length + columns.length)
                + (long) real.bytes() * height * breadth * columns.length;
    }
}
