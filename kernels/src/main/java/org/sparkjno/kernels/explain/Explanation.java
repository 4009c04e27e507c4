// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.explain;

import java.util.List;
import org.sparkjno.kernels.optimize.Stage;

/**
 * What a device made of a graph.
 *
 * @param stages the graph as it was given, and after each pass; then the same of the body of each loop
 * @param kernels what runs, in order, with the kernels of a loop's body in its place; empty on a device that has none
 * @param driver what calls the kernels, in the device's language
 * @param arena scratch memory over the run
 * @param constantBytes bytes of tensors known at compile time
 */
public record Explanation(
        List<Stage> stages, List<KernelFacts> kernels, String driver, ArenaMap arena, long constantBytes) {
    public Explanation {
        stages = List.copyOf(stages);
        kernels = List.copyOf(kernels);
    }
}
