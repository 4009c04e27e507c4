// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.train;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.graph.Graph;

/**
 * A function that a replica compiles.
 *
 * @param name for people
 * @param graph what it computes
 * @param inPlace the outputs that overwrite inputs
 */
public record StepFunction(String name, Graph graph, InPlace inPlace) {
    /** A function of whose outputs the first so many overwrite as many first inputs. */
    public StepFunction(String name, Graph graph, int updated) {
        this(name, graph, new InPlace(IntStream.range(0, updated).boxed().collect(Collectors.toMap(i -> i, i -> i))));
    }
}
