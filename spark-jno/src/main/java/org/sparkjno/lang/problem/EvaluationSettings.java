// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import org.sparkjno.kernels.graph.DType;
import org.sparkjno.lang.expression.Scheme;

/**
 * What decides the values of expressions beside the numbers of models.
 *
 * @param precision of all numbers, but inside models of a type of their own
 * @param seed of points and parameters that are drawn
 * @param threads on which is computed
 * @param scheme of derivatives that name none
 */
record EvaluationSettings(DType precision, long seed, int threads, Scheme scheme) {}
