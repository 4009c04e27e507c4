// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.sparkjno.lang.expression.Callee;

/**
 * Steps that move some of the models and make some of the losses small, before the next turn does so with others.
 *
 * @param steps how many in a row
 * @param models names of those that are moved; empty for all
 * @param losses names of the entries that are made small; empty for all
 */
public record Turn(int steps, List<String> models, List<String> losses) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A step that moves everything. */
    static final Turn ALL = new Turn(1, List.of(), List.of());

    public Turn {
        if (steps < 1) {
            throw new IllegalArgumentException("A turn has at least one step, not " + steps + ".");
        }
        models = List.copyOf(models);
        losses = List.copyOf(losses);
    }

    /** Steps that move these models. */
    public static Turn of(int steps, Callee... models) {
        return new Turn(steps, Arrays.stream(models).map(Callee::name).toList(), List.of());
    }

    /** The same steps for the sake of these losses only. */
    public Turn on(String... entries) {
        return new Turn(steps, models, List.of(entries));
    }

    boolean moves(String model) {
        return models.isEmpty() || models.contains(model);
    }

    boolean minimises(String entry) {
        return losses.isEmpty() || losses.contains(entry);
    }
}
