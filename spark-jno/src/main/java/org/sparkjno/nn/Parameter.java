// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.List;
import org.sparkjno.kernels.graph.Shape;

/**
 * A named tensor of numbers that a layer needs.
 *
 * @param name path such as {@code layers.0.spectral.weight}
 * @param shape extents
 * @param initialiser where its first values come from
 */
public record Parameter(String name, Shape shape, Initialiser initialiser) {
    /** This parameter as a layer above sees it. */
    public Parameter under(String scope) {
        return new Parameter(scope + "." + name, shape, initialiser);
    }

    /** These parameters as a layer above sees them. */
    public static List<Parameter> under(String scope, List<Parameter> parameters) {
        return parameters.stream().map(parameter -> parameter.under(scope)).toList();
    }
}
