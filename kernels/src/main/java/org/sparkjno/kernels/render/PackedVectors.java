// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.optimize.Kernel;

/**
 * Copies of the vectors of a contraction in which those of a block of columns lie side by side. Where they lie a power of
 * two apart they would fall into few sets of the first cache.
 *
 * @param terms whose vectors are copied
 */
record PackedVectors(List<Kernel.Term> terms) {
    private static final int MOST_BYTES = 256 * 1024;
    /** Tiles of rows from which on a copy pays. */
    private static final int FEWEST_TILES = 256;

    static boolean pay(List<Kernel.Term> terms, Tiling tiling, long columnBytes) {
        long points = terms.stream().mapToLong(TileText::sumLength).sum();
        return tiling.rowTiles() >= FEWEST_TILES && points * columnBytes <= MOST_BYTES;
    }

    /** Where the vectors of a point of a term's sum lie for a block of columns of this width that begins at {@code j}. */
    String address(int at, int width) {
        Kernel.Term term = terms.get(at);
        List<Long> strides = new ArrayList<>();
        long stride = width;
        for (int axis = term.sumExtents().size() - 1; axis >= 0; axis--) {
            strides.add(0, stride);
            stride *= term.sumExtents().get(axis);
        }
        return "w%d + j * %d + (%s)"
                .formatted(at, TileText.sumLength(term), Body.index(strides, TileText.sumIndices(term)));
    }
}
