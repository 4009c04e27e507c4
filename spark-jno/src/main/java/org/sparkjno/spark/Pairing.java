// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import java.io.Serializable;
import org.sparkjno.datasets.sample.Field;
import org.sparkjno.datasets.sample.PdeSample;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.train.TrainingPair;

/**
 * How a model sees a sample: one field in, one field out, on every stride-th point, with one channel.
 *
 * @param input name of the field that the model reads
 * @param output name of the field that the model predicts
 * @param stride distance of the points used, 1 for all
 */
public record Pairing(String input, String output, int stride) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A sample as the model sees it; its seed is its index. */
    public TrainingPair pair(PdeSample sample) {
        return new TrainingPair(sample.seed(), values(sample.field(input)), values(sample.field(output)));
    }

    private float[] values(Field field) {
        double[] all = (stride == 1 ? field : field.subsample(stride)).data();
        float[] values = new float[all.length];
        for (int i = 0; i < all.length; i++) {
            values[i] = (float) all[i];
        }
        return values;
    }

    /**
     * Shape of the fields of a grid as the model sees them, with one channel last.
     *
     * @param points of the grid, per axis
     */
    public Shape shape(int... points) {
        int[] kept = new int[points.length + 1];
        for (int axis = 0; axis < points.length; axis++) {
            kept[axis] = (points[axis] - 1) / stride + 1;
        }
        kept[points.length] = 1;
        return Shape.of(kept);
    }
}
