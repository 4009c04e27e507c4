// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device;

import java.util.Map;

/**
 * Outputs that take the memory of inputs: after a run the input holds the output. An optimiser step overwrites its
 * parameters so.
 *
 * @param inputOfOutput position of an output to position of the input of the same type that it overwrites
 */
public record InPlace(Map<Integer, Integer> inputOfOutput) {
    /** Nothing is overwritten. */
    public static final InPlace NONE = new InPlace(Map.of());

    public InPlace {
        inputOfOutput = Map.copyOf(inputOfOutput);
    }
}
