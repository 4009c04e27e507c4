// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.scalar;

import java.util.List;

public interface Algebra<T> {
    T constant(double value);

    T apply(Primitive primitive, List<T> args);
}
