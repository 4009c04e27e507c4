// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.mesh;

/**
 * A simplex with its linear shape functions (P1).
 *
 * @param measure signed length, area or volume; positive for positively oriented vertices
 * @param gradients of the shape functions, vertex after vertex
 */
record LinearElement(double measure, double[] gradients) {
    private static final int[] FACTORIAL = {1, 1, 2, 6};

    /** The element on given vertices. */
    static LinearElement of(int dimensions, double[] vertices, int[] cells, int cell) {
        int first = cells[cell * (dimensions + 1)] * dimensions;
        double[][] edges = new double[dimensions][dimensions];
        for (int k = 0; k < dimensions; k++) {
            int vertex = cells[cell * (dimensions + 1) + k + 1] * dimensions;
            for (int axis = 0; axis < dimensions; axis++) {
                edges[k][axis] = vertices[vertex + axis] - vertices[first + axis];
            }
        }
        double[][] cofactors = cofactors(edges);
        double determinant = 0;
        for (int axis = 0; axis < dimensions; axis++) {
            determinant += edges[0][axis] * cofactors[0][axis];
        }
        double[] gradients = new double[(dimensions + 1) * dimensions];
        for (int k = 0; k < dimensions; k++) {
            for (int axis = 0; axis < dimensions; axis++) {
                double component = cofactors[k][axis] / determinant;
                gradients[(k + 1) * dimensions + axis] = component;
                gradients[axis] -= component;
            }
        }
        return new LinearElement(determinant / FACTORIAL[dimensions], gradients);
    }

    private static double[][] cofactors(double[][] e) {
        return switch (e.length) {
            case 1 -> new double[][] {{1}};
            case 2 -> new double[][] {{e[1][1], -e[1][0]}, {-e[0][1], e[0][0]}};
            default -> new double[][] {cross(e[1], e[2]), cross(e[2], e[0]), cross(e[0], e[1])};
        };
    }

    private static double[] cross(double[] a, double[] b) {
        return new double[] {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }

    /** The slope of a vertex's shape function, the inverse of its height over the opposite facet. */
    double slope(int vertex, int dimensions) {
        double square = 0;
        for (int axis = 0; axis < dimensions; axis++) {
            double component = gradients[vertex * dimensions + axis];
            square += component * component;
        }
        return Math.sqrt(square);
    }

    /** The product of two shape functions' gradients. */
    double product(int vertex, int other, int dimensions) {
        double sum = 0;
        for (int axis = 0; axis < dimensions; axis++) {
            sum += gradients[vertex * dimensions + axis] * gradients[other * dimensions + axis];
        }
        return sum;
    }
}
