// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.mesh;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;

/** First derivatives at the nodes of a mesh as matrices, one per axis: each maps nodal values to nodal derivatives. */
public final class Gradient {
    private Gradient() {}

    /**
     * The mean of the gradients of the linear interpolant in the cells around a node, weighted by their measures. Exact for
     * linear functions; second order where the cells around a node are nearly symmetric, first order on the boundary.
     */
    public static List<CsrMatrix> areaWeighted(Mesh mesh) {
        int dimensions = mesh.dimensions();
        int corners = dimensions + 1;
        int nodes = mesh.vertexCount();
        double[] shares = mesh.nodes().weights();
        List<CsrAssembler> axes = new ArrayList<>();
        for (int axis = 0; axis < dimensions; axis++) {
            axes.add(new CsrAssembler(nodes, nodes, mesh.cells().length * corners));
        }
        for (int cell = 0; cell < mesh.cellCount(); cell++) {
            LinearElement element = LinearElement.of(dimensions, mesh.vertices(), mesh.cells(), cell);
            for (int i = 0; i < corners; i++) {
                int row = mesh.cells()[cell * corners + i];
                double weight = element.measure() / (corners * shares[row]);
                for (int j = 0; j < corners; j++) {
                    int column = mesh.cells()[cell * corners + j];
                    for (int axis = 0; axis < dimensions; axis++) {
                        axes.get(axis).add(row, column, weight * element.gradients()[j * dimensions + axis]);
                    }
                }
            }
        }
        return axes.stream().map(CsrAssembler::assemble).toList();
    }

    /**
     * The gradient of the quadratic that fits a node and its neighbours best in least squares, weighted by inverse squared
     * distances. Exact for quadratic functions, second order up to the boundary.
     */
    public static List<CsrMatrix> leastSquares(Mesh mesh) {
        return new QuadraticFit(mesh).derivatives().subList(0, mesh.dimensions());
    }
}
