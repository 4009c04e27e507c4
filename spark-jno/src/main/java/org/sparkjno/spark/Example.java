// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import java.io.Serializable;
import org.sparkjno.train.TrainingPair;

/**
 * A sample on its way to the replica that holds it.
 *
 * @param heldOut whether it serves for evaluation alone
 * @param pair the sample as the model sees it
 */
record Example(boolean heldOut, TrainingPair pair) implements Serializable {
    private static final long serialVersionUID = 1L;
}
