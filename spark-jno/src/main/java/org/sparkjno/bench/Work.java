// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkjno.datasets.format.StoredTensor;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.graph.Graph;

/** One piece of work that all contestants of a race do on the same numbers. */
sealed interface Work permits Training, Formula {
    /** For people and for the peers' scripts. */
    String name();

    /** What we compile; every repetition runs it once. */
    Graph graph();

    /** Outputs of the graph that take the memory of inputs, so that repetitions go on from one another. */
    InPlace inPlace();

    /** First contents of the inputs of the graph, one each. */
    List<StoredTensor> arguments();

    /** What the last input holds during one repetition, counted from 1; empty where it stays as it is. */
    double[] settings(long repetition);

    /** The numbers that peers start from, by name. */
    Map<String, StoredTensor> shared();

    /** Repetitions whose results contestants must agree on. */
    int compared();

    /** How much is done per repetition, where that is more telling than the time. */
    Optional<Amount> amount();
}
