// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.checkpoint;

import java.util.Map;
import org.sparkjno.datasets.format.StoredTensor;
import org.sparkjno.nn.ModelWeights;

/**
 * All that a run needs to go on with the same bits.
 *
 * @param run what it is and where it stands
 * @param weights numbers of the model
 * @param optimiser vectors of the optimiser by name
 */
public record Checkpoint(RunState run, ModelWeights weights, Map<String, StoredTensor> optimiser) {
    public Checkpoint {
        optimiser = Map.copyOf(optimiser);
    }
}
