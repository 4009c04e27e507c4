// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.mesh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.matrix.Pattern;

/**
 * The quadratic through a node that fits its neighbours best: generalised finite differences in the manner of T. Liszka, J.
 * Orkisz, "The finite difference method at arbitrary irregular grids and its application in applied mechanics", Comput.
 * Struct. 11, 1980. Neighbours of neighbours take part where there are too few, or where they lie too badly.
 */
final class QuadraticFit {
    private static final int MOST_RINGS = 4;

    private final Mesh mesh;
    private final int dimensions;
    private final int terms;
    private final Pattern neighbours;

    QuadraticFit(Mesh mesh) {
        this.mesh = mesh;
        dimensions = mesh.dimensions();
        terms = dimensions * (dimensions + 3) / 2;
        neighbours = mesh.neighbours();
    }

    /** Which of the derivatives is the second one by two axes. */
    static int place(int i, int j, int dimensions) {
        int low = Math.min(i, j);
        int high = Math.max(i, j);
        return dimensions + low * dimensions - low * (low - 1) / 2 + high - low;
    }

    /** Per node the stencil, itself included and sorted, and one row of coefficients per derivative. */
    private record Row(int[] stencil, double[][] coefficients) {}

    /** The first derivatives by each axis, then the second ones in the order of {@link #place}, all of one pattern. */
    List<CsrMatrix> derivatives() {
        int nodes = mesh.vertexCount();
        Row[] rows = new Row[nodes];
        int[] start = new int[nodes + 1];
        for (int node = 0; node < nodes; node++) {
            rows[node] = fit(node);
            start[node + 1] = start[node] + rows[node].stencil().length;
        }
        int[] columns = new int[start[nodes]];
        double[][] values = new double[terms][start[nodes]];
        for (int node = 0; node < nodes; node++) {
            int length = rows[node].stencil().length;
            System.arraycopy(rows[node].stencil(), 0, columns, start[node], length);
            for (int term = 0; term < terms; term++) {
                System.arraycopy(rows[node].coefficients()[term], 0, values[term], start[node], length);
            }
        }
        Pattern pattern = Pattern.of(nodes, nodes, start, columns);
        List<CsrMatrix> matrices = new ArrayList<>();
        for (double[] derivative : values) {
            matrices.add(CsrMatrix.of(pattern, derivative));
        }
        return List.copyOf(matrices);
    }

    private Row fit(int node) {
        int[] stencil = {node};
        for (int ring = 1; ring <= MOST_RINGS; ring++) {
            stencil = widened(stencil);
            if (stencil.length > terms * 6 / 5) {
                Optional<double[][]> coefficients = coefficients(node, stencil);
                if (coefficients.isPresent()) {
                    return new Row(stencil, coefficients.get());
                }
            }
        }
        throw new IllegalArgumentException(
                "Node " + node + " of the mesh has too few neighbours for second derivatives;" + " refine the mesh.");
    }

    private int[] widened(int[] stencil) {
        return IntStream.concat(
                        Arrays.stream(stencil),
                        Arrays.stream(stencil)
                                .flatMap(node -> Arrays.stream(
                                        neighbours.columns(),
                                        neighbours.rowStart()[node],
                                        neighbours.rowStart()[node + 1])))
                .sorted()
                .distinct()
                .toArray();
    }

    /** The weighted least-squares solution for unit values at each node of the stencil in turn, unless singular. */
    private Optional<double[][]> coefficients(int node, int[] stencil) {
        double scale = scale(node, stencil);
        double[][] monomials = new double[stencil.length][];
        double[] weights = new double[stencil.length];
        double[][] normal = new double[terms][terms];
        for (int k = 0; k < stencil.length; k++) {
            if (stencil[k] == node) {
                continue;
            }
            double[] offset = offset(node, stencil[k], scale);
            double square = 0;
            for (double component : offset) {
                square += component * component;
            }
            monomials[k] = monomials(offset);
            weights[k] = 1 / (square * square);
            for (int a = 0; a < terms; a++) {
                for (int b = 0; b < terms; b++) {
                    normal[a][b] += weights[k] * monomials[k][a] * monomials[k][b];
                }
            }
        }
        return SymmetricSystem.factored(normal).map(system -> solved(node, stencil, scale, monomials, weights, system));
    }

    private double[][] solved(
            int node, int[] stencil, double scale, double[][] monomials, double[] weights, SymmetricSystem system) {
        double[][] coefficients = new double[terms][stencil.length];
        int self = Arrays.binarySearch(stencil, node);
        for (int k = 0; k < stencil.length; k++) {
            if (k != self) {
                double weight = weights[k];
                double[] right =
                        Arrays.stream(monomials[k]).map(m -> weight * m).toArray();
                double[] solution = system.solve(right);
                for (int term = 0; term < terms; term++) {
                    double value = solution[term] / (term < dimensions ? scale : scale * scale);
                    coefficients[term][k] = value;
                    coefficients[term][self] -= value;
                }
            }
        }
        return coefficients;
    }

    /** The furthest distance within the stencil, so that offsets are at most 1. */
    private double scale(int node, int[] stencil) {
        double largest = 0;
        for (int other : stencil) {
            double square = 0;
            for (double component : offset(node, other, 1)) {
                square += component * component;
            }
            largest = Math.max(largest, square);
        }
        return Math.sqrt(largest);
    }

    private double[] offset(int node, int other, double scale) {
        double[] offset = new double[dimensions];
        for (int axis = 0; axis < dimensions; axis++) {
            offset[axis] =
                    (mesh.vertices()[other * dimensions + axis] - mesh.vertices()[node * dimensions + axis]) / scale;
        }
        return offset;
    }

    /** The factors of the first derivatives and of the second ones in Taylor's formula. */
    private double[] monomials(double[] offset) {
        double[] monomials = Arrays.copyOf(offset, terms);
        for (int i = 0; i < dimensions; i++) {
            for (int j = i; j < dimensions; j++) {
                monomials[place(i, j, dimensions)] = offset[i] * offset[j] * (i == j ? 0.5 : 1);
            }
        }
        return monomials;
    }
}
