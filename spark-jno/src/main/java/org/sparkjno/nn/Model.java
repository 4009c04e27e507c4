// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.io.Serializable;
import java.util.List;

/**
 * Anything with named numbers: a {@link Layer}, or a family of operators with inputs of its own such as {@link
 * DeepONet}. A model is a plain value, a record of sizes and of smaller models, so that it can be printed, compared,
 * walked and rebuilt with a part exchanged. It holds no numbers; these live in the vectors that a {@link
 * ParameterLayout} describes.
 */
public interface Model extends Serializable {
    /** What training changes, with names relative to this model. */
    List<Parameter> parameters();

    /** Numbers that belong to the model but are not trained, such as the statistics of a {@link Normaliser}. */
    default List<Parameter> buffers() {
        return List.of();
    }
}
