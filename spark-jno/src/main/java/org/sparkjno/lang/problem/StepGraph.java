// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.graph.Graph;

/**
 * A graph over the tensors of a session: a whole training step, or a look at trackers.
 *
 * @param graph the graph
 * @param inputs what each input is
 * @param outputs what each output is; one that is an input too is overwritten
 * @param sharing what is computed once for many, for people
 */
record StepGraph(Graph graph, List<Slot> inputs, List<Slot> outputs, List<String> sharing) {
    StepGraph {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        sharing = List.copyOf(sharing);
    }

    /** Which outputs overwrite which inputs. */
    InPlace inPlace() {
        Map<Integer, Integer> overwritten = new HashMap<>();
        for (int output = 0; output < outputs.size(); output++) {
            int input = inputs.indexOf(outputs.get(output));
            if (input >= 0) {
                overwritten.put(output, input);
            }
        }
        return new InPlace(overwritten);
    }
}
