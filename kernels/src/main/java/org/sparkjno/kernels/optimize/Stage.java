// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import org.sparkjno.kernels.graph.Graph;

/**
 * A graph on its way to kernels, after one pass.
 *
 * @param name of the pass
 * @param graph that it made
 */
public record Stage(String name, Graph graph) {}
