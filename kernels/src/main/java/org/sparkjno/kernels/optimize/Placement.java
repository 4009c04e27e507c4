// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import org.sparkjno.kernels.graph.Value;

/**
 * A value's place in the arena.
 *
 * @param value what lies there
 * @param offset bytes from the start of the arena
 * @param bytes that are kept for it
 * @param first kernel that touches it
 * @param last kernel that touches it
 */
public record Placement(Value value, long offset, long bytes, int first, int last) {}
