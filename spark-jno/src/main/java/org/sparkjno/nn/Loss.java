// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.Value;

/** How far predictions are from truth. Losses of samples add up, so that replicas may share a batch. */
public enum Loss {
    /** ‖p − y‖₂ / ‖y‖₂ of each sample, over all its points and channels. */
    RELATIVE_L2 {
        @Override
        public Value perSample(Value prediction, Value truth) {
            return norm(prediction.minus(truth)).div(norm(truth));
        }

        private Value norm(Value x) {
            return x.square().sum(sampleAxes(x)).plus(TINY).sqrt();
        }
    },
    /** Mean of (p − y)² over the points and channels of each sample. */
    MEAN_SQUARE {
        @Override
        public Value perSample(Value prediction, Value truth) {
            return prediction.minus(truth).square().mean(sampleAxes(truth));
        }
    };

    /** Keeps the gradient of a norm finite at 0; far below any rounding otherwise. */
    private static final double TINY = 1e-30;

    /** One number per sample: {@code [batch, …]} to {@code [batch]}. */
    public abstract Value perSample(Value prediction, Value truth);

    /** The sum over the batch: what training minimises. */
    public Value total(Value prediction, Value truth) {
        return perSample(prediction, truth).sum();
    }

    private static int[] sampleAxes(Value x) {
        return IntStream.range(1, x.shape().rank()).toArray();
    }
}
