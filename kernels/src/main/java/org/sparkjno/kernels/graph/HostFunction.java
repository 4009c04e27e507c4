// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A function in Java that a graph calls, see {@link HostOp#call}: what no operation of a graph expresses, as a sparse
 * solver.
 *
 * <p>It must be pure: results depend on the operands alone. A call whose results nobody uses is dropped, calls of equal
 * functions on the same operands are one, and what is left runs once per run of the graph, or once per iteration of the
 * loop that it stands in. Several invocations of an executable may call it at once.
 */
public interface HostFunction {
    /** For people. */
    String name();

    /**
     * The types of the results, of which there is at least one.
     *
     * @param operands types of the operands, in order
     * @throws ShapeException with one sentence when the operands do not fit
     */
    List<TensorType> results(List<TensorType> operands);

    /**
     * Computes the results. What it throws ends the run and reaches whoever started it; the executable can be run again.
     *
     * @param operands direct, read-only, in native byte order, row-major; valid during the call
     * @param results direct, in native byte order, to be filled; valid during the call
     */
    void run(List<ByteBuffer> operands, List<ByteBuffer> results);
}
