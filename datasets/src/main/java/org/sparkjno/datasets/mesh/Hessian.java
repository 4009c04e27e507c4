// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.mesh;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.amg.matrix.CsrMatrix;

/** Second derivatives at the nodes of a mesh as matrices that map nodal values to nodal derivatives. */
public final class Hessian {
    private Hessian() {}

    /**
     * The second derivatives of the quadratic that fits a node and its neighbours best in least squares, weighted by inverse
     * squared distances. Exact for quadratic functions; first order in general, second where neighbours lie symmetrically.
     *
     * @return entry [i][j] for the axes i and j; [j][i] is the same matrix
     */
    public static List<List<CsrMatrix>> leastSquares(Mesh mesh) {
        int dimensions = mesh.dimensions();
        List<CsrMatrix> derivatives = new QuadraticFit(mesh).derivatives();
        List<List<CsrMatrix>> rows = new ArrayList<>();
        for (int i = 0; i < dimensions; i++) {
            List<CsrMatrix> row = new ArrayList<>();
            for (int j = 0; j < dimensions; j++) {
                row.add(derivatives.get(QuadraticFit.place(i, j, dimensions)));
            }
            rows.add(List.copyOf(row));
        }
        return List.copyOf(rows);
    }
}
