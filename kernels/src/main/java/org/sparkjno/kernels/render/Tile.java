// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.List;

/**
 * A part of a contraction's result whose sums stay in registers.
 *
 * @param rows how many
 * @param vectors widths of the vectors that make a row
 */
record Tile(int rows, List<Integer> vectors) {
    int width() {
        return Tiling.width(vectors);
    }
}
