// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.mesh;

import java.util.List;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;

/** The Laplacian at the nodes of a mesh as a matrix that maps nodal values to nodal values. */
public final class Laplacian {
    private Laplacian() {}

    /** A dual cell smaller than this part of a node's share comes of a mesh that is far from Delaunay. */
    private static final double SMALLEST_DUAL = 0.1;

    /**
     * The stiffness matrix of linear elements over the measures of the dual cells: in the plane the cotangent formula of U.
     * Pinkall, K. Polthier, "Computing discrete minimal surfaces and their conjugates", Exp. Math. 2, 1993, over Voronoi
     * areas as in M. Meyer, M. Desbrun, P. Schröder, A. H. Barr, "Discrete differential-geometry operators for triangulated
     * 2-manifolds", 2003. Exact for linear functions and for |x|². Nodes on the boundary, where the formula would take in the
     * unknown flux, have the rows of {@link #leastSquares}.
     */
    public static CsrMatrix cotangent(Mesh mesh) {
        CsrMatrix stiffness = stiffness(mesh);
        CsrMatrix fitted = leastSquares(mesh);
        double[] shares = mesh.nodes().weights();
        CsrAssembler matrix = new CsrAssembler(mesh.vertexCount(), mesh.vertexCount(), fitted.entries());
        for (int row : mesh.interiorIndices()) {
            double dual = Math.max(dual(mesh, stiffness, row), SMALLEST_DUAL * shares[row]);
            for (int k = stiffness.rowStart()[row]; k < stiffness.rowStart()[row + 1]; k++) {
                matrix.add(row, stiffness.columns()[k], -stiffness.values()[k] / dual);
            }
        }
        for (int row : mesh.boundaryIndices()) {
            for (int k = fitted.rowStart()[row]; k < fitted.rowStart()[row + 1]; k++) {
                matrix.add(row, fitted.columns()[k], fitted.values()[k]);
            }
        }
        return matrix.assemble();
    }

    private static CsrMatrix stiffness(Mesh mesh) {
        int dimensions = mesh.dimensions();
        int corners = dimensions + 1;
        CsrAssembler matrix = new CsrAssembler(mesh.vertexCount(), mesh.vertexCount(), mesh.cells().length * corners);
        for (int cell = 0; cell < mesh.cellCount(); cell++) {
            LinearElement element = LinearElement.of(dimensions, mesh.vertices(), mesh.cells(), cell);
            for (int i = 0; i < corners; i++) {
                for (int j = 0; j < corners; j++) {
                    matrix.add(
                            mesh.cells()[cell * corners + i],
                            mesh.cells()[cell * corners + j],
                            element.measure() * element.product(i, j, dimensions));
                }
            }
        }
        return matrix.assemble();
    }

    /** The measure of a node's dual cell: pyramids over its faces, of half an edge's height each. */
    private static double dual(Mesh mesh, CsrMatrix stiffness, int row) {
        int dimensions = mesh.dimensions();
        double sum = 0;
        for (int k = stiffness.rowStart()[row]; k < stiffness.rowStart()[row + 1]; k++) {
            for (int axis = 0; axis < dimensions; axis++) {
                double offset = mesh.vertices()[stiffness.columns()[k] * dimensions + axis]
                        - mesh.vertices()[row * dimensions + axis];
                sum -= stiffness.values()[k] * offset * offset;
            }
        }
        return sum / (2 * dimensions);
    }

    /** The trace of {@link Hessian#leastSquares}. */
    public static CsrMatrix leastSquares(Mesh mesh) {
        int dimensions = mesh.dimensions();
        List<CsrMatrix> derivatives = new QuadraticFit(mesh).derivatives();
        CsrMatrix first = derivatives.get(QuadraticFit.place(0, 0, dimensions));
        double[] values = first.values().clone();
        for (int axis = 1; axis < dimensions; axis++) {
            double[] others =
                    derivatives.get(QuadraticFit.place(axis, axis, dimensions)).values();
            for (int k = 0; k < values.length; k++) {
                values[k] += others[k];
            }
        }
        // All derivatives of one fit have one pattern.
        return CsrMatrix.of(first.pattern(), values);
    }
}
