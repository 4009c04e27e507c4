// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.train;

import java.io.Serializable;

/**
 * One sample as the model sees it. The arrays are handed over: nobody writes to them afterwards.
 *
 * @param index number of the sample within its data set; decides its shard and its place in each epoch
 * @param input row-major, channel-last
 * @param target row-major, channel-last
 */
public record TrainingPair(long index, float[] input, float[] target) implements Serializable {
    private static final long serialVersionUID = 1L;
}
