// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.datasets.mesh.Gradient;
import org.sparkjno.datasets.mesh.Hessian;
import org.sparkjno.datasets.mesh.Laplacian;
import org.sparkjno.datasets.mesh.Mesh;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Scheme;

/** Matrices that differentiate the values at the nodes of a mesh. */
final class MeshMatrices {
    private final Mesh mesh;
    private final Scheme scheme;
    private final List<CsrMatrix> gradient;
    private List<List<CsrMatrix>> hessian;

    MeshMatrices(Mesh mesh, Scheme scheme) {
        if (scheme != Scheme.FINITE_DIFFERENCES && scheme != Scheme.LINEAR_ELEMENTS) {
            throw new ExpressionException(
                    "Derivatives by " + scheme + " need a regular grid, but the points are the nodes of"
                            + " an unstructured mesh; use by(Scheme.FINITE_DIFFERENCES) or by(Scheme.LINEAR_ELEMENTS).");
        }
        this.mesh = mesh;
        this.scheme = scheme;
        this.gradient = scheme == Scheme.LINEAR_ELEMENTS ? Gradient.areaWeighted(mesh) : Gradient.leastSquares(mesh);
    }

    /**
     * One matrix for a sum of partial derivatives.
     *
     * @param partials the factor of each; the axes by which it differentiates, from 0
     */
    CsrMatrix of(Map<List<Integer>, Double> partials) {
        if (scheme == Scheme.LINEAR_ELEMENTS && isLaplacian(partials)) {
            return sum(List.of(Laplacian.cotangent(mesh)), List.of(partials.get(List.of(0, 0))));
        }
        List<CsrMatrix> matrices = new ArrayList<>();
        partials.keySet().forEach(axes -> matrices.add(partial(axes)));
        return sum(matrices, List.copyOf(partials.values()));
    }

    private boolean isLaplacian(Map<List<Integer>, Double> partials) {
        return partials.size() == mesh.dimensions()
                && IntStream.range(0, mesh.dimensions()).allMatch(axis -> partials.containsKey(List.of(axis, axis)))
                && partials.values().stream().distinct().count() == 1;
    }

    private CsrMatrix partial(List<Integer> axes) {
        if (axes.size() == 1) {
            return gradient.get(axes.get(0));
        }
        List<Integer> first = axes.subList(0, axes.size() - 2);
        CsrMatrix second = second(axes.get(axes.size() - 2), axes.get(axes.size() - 1));
        return first.isEmpty() ? second : second.times(partial(first));
    }

    private CsrMatrix second(int i, int j) {
        if (scheme == Scheme.LINEAR_ELEMENTS) {
            return gradient.get(i).times(gradient.get(j));
        }
        if (hessian == null) {
            hessian = Hessian.leastSquares(mesh);
        }
        return hessian.get(i).get(j);
    }

    private CsrMatrix sum(List<CsrMatrix> matrices, List<Double> factors) {
        int entries = matrices.stream().mapToInt(CsrMatrix::entries).sum();
        CsrAssembler sum = new CsrAssembler(mesh.vertexCount(), mesh.vertexCount(), entries);
        for (int i = 0; i < matrices.size(); i++) {
            CsrMatrix matrix = matrices.get(i);
            for (int row = 0; row < matrix.rows(); row++) {
                for (int k = matrix.rowStart()[row]; k < matrix.rowStart()[row + 1]; k++) {
                    sum.add(row, matrix.columns()[k], factors.get(i) * matrix.values()[k]);
                }
            }
        }
        return sum.assemble();
    }
}
