// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.mesh;

import java.util.Arrays;
import org.sparkjno.amg.matrix.Pattern;

/** What touches what in a mesh. */
final class Incidence {
    private Incidence() {}

    static Pattern cellsOfNodes(Mesh mesh) {
        int corners = mesh.dimensions() + 1;
        int[] cells = mesh.cells();
        int[] start = new int[mesh.vertexCount() + 1];
        for (int node : cells) {
            start[node + 1]++;
        }
        Arrays.parallelPrefix(start, Integer::sum);
        int[] next = Arrays.copyOf(start, mesh.vertexCount());
        int[] members = new int[cells.length];
        for (int k = 0; k < cells.length; k++) {
            members[next[cells[k]]++] = k / corners;
        }
        return Pattern.of(mesh.vertexCount(), mesh.cellCount(), start, members);
    }

    static Pattern neighbours(Mesh mesh) {
        int corners = mesh.dimensions() + 1;
        int[] cells = mesh.cells();
        Pattern around = cellsOfNodes(mesh);
        int nodes = mesh.vertexCount();
        int[] start = new int[nodes + 1];
        int[] neighbours = new int[cells.length * mesh.dimensions()];
        int[] seenFrom = new int[nodes];
        Arrays.fill(seenFrom, -1);
        int next = 0;
        for (int node = 0; node < nodes; node++) {
            seenFrom[node] = node;
            for (int k = around.rowStart()[node]; k < around.rowStart()[node + 1]; k++) {
                int first = around.columns()[k] * corners;
                for (int corner = first; corner < first + corners; corner++) {
                    int other = cells[corner];
                    if (seenFrom[other] != node) {
                        seenFrom[other] = node;
                        neighbours[next++] = other;
                    }
                }
            }
            Arrays.sort(neighbours, start[node], next);
            start[node + 1] = next;
        }
        return Pattern.of(nodes, nodes, start, Arrays.copyOf(neighbours, next));
    }
}
