// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.train;

import java.util.HashMap;
import java.util.Map;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.graph.Graph;

/**
 * A function that a replica compiles.
 *
 * @param name for people
 * @param graph what it computes
 * @param updated how many of its first outputs overwrite as many first inputs
 */
public record StepFunction(String name, Graph graph, int updated) {
    /** The outputs that overwrite inputs. */
    public InPlace inPlace() {
        Map<Integer, Integer> inPlace = new HashMap<>();
        for (int i = 0; i < updated; i++) {
            inPlace.put(i, i);
        }
        return new InPlace(inPlace);
    }
}
