// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.List;
import org.sparkjno.kernels.graph.Value;

/**
 * Where a kernel reads or writes at each point of its iteration space: element {@code offset + Σ strides·point}.
 *
 * @param base the stored value
 * @param offset elements before the first one
 * @param strides one per axis of the iteration space
 */
public record Access(Value base, long offset, List<Long> strides) {
    public Access {
        strides = List.copyOf(strides);
    }

    static boolean reach(List<Access> accesses, Value base) {
        for (Access access : accesses) {
            if (access.base() == base) {
                return true;
            }
        }
        return false;
    }

    Access with(List<Long> other) {
        return new Access(base, offset, other);
    }
}
