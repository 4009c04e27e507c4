// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.HashMap;
import java.util.Map;
import org.sparkjno.kernels.graph.Value;

/** Values by the names of parameters and buffers, seen from one layer of a model. */
public final class Weights {
    private final Map<String, Value> values;
    private final String scope;

    private Weights(Map<String, Value> values, String scope) {
        this.values = values;
        this.scope = scope;
    }

    /** Weights seen from the whole model. */
    public static Weights of(Map<String, Value> values) {
        return new Weights(Map.copyOf(values), "");
    }

    /** The value of a parameter or buffer. */
    public Value get(String name) {
        Value value = values.get(scope + name);
        if (value == null) {
            throw new IllegalArgumentException("There are no weights named '" + scope + name
                    + "'; a layer must list it among its parameters or buffers.");
        }
        return value;
    }

    /** The weights as a smaller layer with this name sees them. */
    public Weights under(String layer) {
        return new Weights(values, scope + layer + ".");
    }

    /** Both sets of weights together, seen from the whole model. */
    public Weights and(Weights others) {
        Map<String, Value> all = new HashMap<>(values);
        all.putAll(others.values);
        return of(all);
    }
}
