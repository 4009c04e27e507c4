// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.explain;

import java.util.List;
import org.sparkjno.kernels.optimize.Cost;

/**
 * One kernel of a compiled graph.
 *
 * @param function name of the function that it calls; kernels alike but for their memory share one
 * @param text that function in the device's language
 * @param runs how often it runs in one run of the graph
 * @param extents its iteration space
 * @param reads the values that it reads, as the last stage (of its loop) numbers them; {@code scratch} where that has no number
 * @param writes the values that it writes
 * @param cost traffic and arithmetic of all its runs
 * @param micros median time of all its runs in microseconds; NaN where it was not timed
 */
public record KernelFacts(
        String function,
        String text,
        long runs,
        List<Integer> extents,
        List<String> reads,
        List<String> writes,
        Cost cost,
        double micros) {
    public KernelFacts {
        extents = List.copyOf(extents);
        reads = List.copyOf(reads);
        writes = List.copyOf(writes);
    }

    /** Bytes moved per second, in units of 10⁹. */
    public double gigabytesPerSecond() {
        return (cost.bytesRead() + cost.bytesWritten()) / (1e3 * micros);
    }

    /** Operations per second, in units of 10⁹. */
    public double gigaflops() {
        return cost.flops() / (1e3 * micros);
    }
}
