// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

/** Writes a graph as text, one value a line. */
final class GraphPrinter {
    private final Graph graph;

    GraphPrinter(Graph graph) {
        this.graph = graph;
    }

    String print() {
        StringBuilder text = new StringBuilder();
        graph.numbering()
                .forEach((value, number) ->
                        text.append(number).append(' ').append(value).append('\n'));
        return text.toString();
    }
}
