// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn.adapter;

import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.nn.Initialiser;
import org.sparkjno.nn.Parameter;

/** The two factors of a product of low rank: down from the inputs, up to the outputs. */
final class Factors {
    static final String DOWN = "down";
    static final String UP = "up";

    private Factors() {}

    static Parameter down(MatrixView view, int rank, Initialiser start) {
        return new Parameter(DOWN, Shape.of(view.inputs(), view.cut(rank)), start);
    }

    static Parameter up(MatrixView view, int rank, Initialiser start) {
        return new Parameter(UP, Shape.of(view.cut(rank), view.outputs()), start);
    }

    /** down·up. */
    static Value product(Map<String, Value> own) {
        return own.get(DOWN).contract("ir,ro->io", own.get(UP));
    }

    static Initialiser zero() {
        return new Initialiser.Constant(0);
    }

    static Initialiser byInputs(MatrixView view) {
        return new Initialiser.Normal(0, 1 / Math.sqrt(view.inputs()));
    }

    static void requireRank(int rank) {
        if (rank < 1) {
            throw new IllegalArgumentException("An adapter has a rank of at least 1, but got " + rank + ".");
        }
    }

    static List<Parameter> both(MatrixView view, int rank, Initialiser down, Initialiser up) {
        return List.of(down(view, rank, down), up(view, rank, up));
    }
}
