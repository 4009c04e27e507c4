// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.List;
import org.sparkjno.kernels.graph.DType;

/** Everything that the text of a kernel says differently on different machines. */
sealed interface Dialect permits CpuDialect, CudaDialect {
    /**
     * Whether a kernel is the text of one of many threads that run at once. Then loops over independent points are
     * opened with {@link #open} together, else they are nested as caches like it.
     */
    boolean isThreaded();

    /** What stands before the name of a kernel. */
    String kernel();

    /** What stands before a function that kernels call. */
    String function();

    /** The promise of a pointer that no other one leads to its memory. */
    String restrict();

    /** The line before a loop over neighbouring points. */
    String vectorised();

    /** The line before a loop over the rows of a tile. */
    String overRows();

    /** Opens loops over independent points, the last axis innermost. */
    void open(CText text, List<String> indices, List<Integer> extents);

    /** How the rows and columns of a contraction are cut into tiles, of which each keeps that many sums. */
    Tiling tiling(int rows, int columns, DType dtype, int sums);

    /** The type of a short vector in a register. */
    String vector(DType dtype, int lanes);

    /** A vector that holds one number everywhere. */
    String repeated(DType dtype, int lanes, String number);

    /** The vector at an address. {@code aligned} tells that the address is a multiple of the vector's size. */
    String load(DType dtype, int lanes, String pointer, boolean aligned);

    /** The statement that puts a vector there. */
    String store(DType dtype, int lanes, String pointer, boolean aligned, String vector);

    /** Definitions that stand before all kernels. */
    String prelude();
}
