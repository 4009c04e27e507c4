// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import org.sparkjno.kernels.graph.DType;

/**
 * The vector registers of a processor.
 *
 * @param bits width of one
 * @param count how many there are
 */
public record Registers(int bits, int count) {
    /** Elements in one register. */
    int lanes(DType dtype) {
        return bits / (8 * dtype.bytes());
    }
}
