// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.io.Serializable;
import org.sparkjno.lang.expression.Axis;

/**
 * The instances of a problem.
 *
 * @param axis along which they lie
 * @param count how many there are; 0 for none
 */
public record Samples(Axis axis, int count) implements Serializable {
    /** No axis of samples. */
    public static final Samples NONE = of("samples", 0);

    public Samples {
        if (count < 0) {
            throw new IllegalArgumentException("There cannot be " + count + " samples.");
        }
    }

    /** So many samples. */
    public static Samples of(String name, int count) {
        return new Samples(new Axis(Axis.Kind.SAMPLES, name), count);
    }

    /** Whether there are none. */
    public boolean isNone() {
        return count == 0;
    }
}
