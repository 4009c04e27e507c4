// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.checkpoint;

import java.io.Serializable;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.nn.Layer;
import org.sparkjno.nn.Loss;
import org.sparkjno.optim.Optimiser;
import org.sparkjno.optim.Schedule;

/**
 * All that decides, together with the samples and the number of replicas, which weights training ends with.
 *
 * @param model what is trained
 * @param loss what is made small
 * @param optimiser how
 * @param schedule learning rate by step
 * @param precision element type of all numbers, f32 or f64
 * @param batch samples per step and replica
 * @param seed of the first weights and of the order of samples
 * @param dataset name of the samples, so that a checkpoint is not continued on others
 */
public record Recipe(
        Layer model,
        Loss loss,
        Optimiser optimiser,
        Schedule schedule,
        DType precision,
        int batch,
        long seed,
        String dataset)
        implements Serializable {
    public Recipe {
        if (batch < 1) {
            throw new IllegalArgumentException("A batch needs at least one sample, but got " + batch + ".");
        }
        if (!precision.isFloating() || precision.isStorageOnly()) {
            throw new IllegalArgumentException("Training works in f32 or f64, but got " + precision.text() + ".");
        }
    }
}
