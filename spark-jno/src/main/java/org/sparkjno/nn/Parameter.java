// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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

    /**
     * Parameters or buffers of some models as the model sees them that lists them under one name: {@code name.0…},
     * {@code name.1…}.
     *
     * @param kind which numbers of a model
     */
    static List<Parameter> listed(String name, List<? extends Model> models, Function<Model, List<Parameter>> kind) {
        List<Parameter> all = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            all.addAll(under(name + "." + i, kind.apply(models.get(i))));
        }
        return all;
    }
}
