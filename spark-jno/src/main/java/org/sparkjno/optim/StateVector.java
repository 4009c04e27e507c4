// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim;

import org.sparkjno.kernels.graph.TensorType;

/**
 * A vector that an {@link UpdateRule} carries from step to step.
 *
 * @param name in checkpoints
 * @param type a vector of the precision of the parameters
 */
public record StateVector(String name, TensorType type) {}
