// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.io.Serializable;

/**
 * Something that data give a value to: a coordinate, a parameter of the samples, a measured field. Equal sources are one
 * variable.
 */
public interface Source extends Serializable {
    /** Name as people write it, such as {@code x}. */
    String name();

    /** Where it has values. */
    Space space();

    /** Whether expressions may be differentiated with respect to it by the rules of coordinates: one number per point. */
    default boolean isCoordinate() {
        return space().components().rank() == 0 && !space().axes().isEmpty();
    }
}
