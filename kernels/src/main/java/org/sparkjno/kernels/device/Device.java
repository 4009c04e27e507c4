// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device;

import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.TensorType;

/** A place where tensors live and compiled graphs run. */
public interface Device extends AutoCloseable {
    /** For people, such as {@code cpu (avx512)}. */
    String name();

    /**
     * This device for programs whose collectives join a world; a device stands in a world of its own until told otherwise.
     * Both share their memory, and the world remains the caller's to close.
     */
    Device in(Collective world);

    /** A tensor of zeros; the caller closes it. */
    Buffer allocate(TensorType type);

    /**
     * Compiles a graph, or finds it compiled.
     *
     * @param graph what to compute
     * @param inPlace which outputs overwrite which inputs
     */
    Executable compile(Graph graph, InPlace inPlace);

    /** Compiles a graph whose outputs have memory of their own. */
    default Executable compile(Graph graph) {
        return compile(graph, InPlace.NONE);
    }

    @Override
    void close();
}
