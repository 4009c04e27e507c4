// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.sparkjno.checkpoint.Recipe;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.random.RandomStream;
import org.sparkjno.nn.Fno;
import org.sparkjno.nn.Layer;
import org.sparkjno.nn.Loss;
import org.sparkjno.nn.ModelWeights;
import org.sparkjno.nn.NeuralOperator;
import org.sparkjno.optim.Adam;
import org.sparkjno.optim.Schedule;

/** A problem small enough for a test: from a wave to its shifted square. */
final class Tiny {
    static final int POINTS = 8;
    static final Shape FIELD = Shape.of(POINTS, 1);

    private Tiny() {}

    static Layer model() {
        return NeuralOperator.of(Shape.of(1), Fno.of1d(1, 1, 4, 2, 1), Shape.of(1));
    }

    static Recipe recipe(int batch, double rate) {
        return new Recipe(
                model(),
                Loss.RELATIVE_L2,
                Adam.decoupled(1e-4),
                new Schedule.Cosine(rate, 0, 100),
                DType.F32,
                batch,
                5,
                "tiny");
    }

    static ModelWeights weights(Recipe recipe) {
        ModelWeights weights = ModelWeights.initialise(recipe.model(), recipe.precision(), recipe.seed());
        weights.assign("input.mean", 0.1);
        weights.assign("output.deviation", 0.7);
        return weights;
    }

    /** Samples of one rank of a world; their values depend on their index only. */
    static SampleStore samples(long from, long to, int rank, int world) {
        List<TrainingPair> pairs = new ArrayList<>();
        LongStream.range(from, to)
                .filter(index -> VirtualShards.DEFAULT.rank(index, world) == rank)
                .forEach(index -> pairs.add(pair(index)));
        return SampleStore.of(FIELD, FIELD, pairs.iterator());
    }

    private static TrainingPair pair(long index) {
        RandomStream stream = RandomStream.named(index, "sample");
        double shift = stream.uniform(0);
        double height = 1 + stream.uniform(1);
        float[] x = new float[POINTS];
        float[] y = new float[POINTS];
        for (int i = 0; i < POINTS; i++) {
            double value = height * StrictMath.sin(2 * Math.PI * ((double) i / POINTS + shift));
            x[i] = (float) value;
            y[i] = (float) (value * value + 0.5);
        }
        return new TrainingPair(index, x, y);
    }
}
