// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.aggregation;

import java.util.function.DoubleUnaryOperator;
import org.sparkjno.amg.hierarchy.NearNullSpace;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * The interpolation of block systems, P = (I − ω D⁻¹ A_F) T as in {@link SmoothedInterpolation}, node by node: D is block
 * diagonal, and whole blocks are filtered by their norms. For complex systems in real form this is the complex method.
 */
final class BlockInterpolation {
    private final CsrMatrix a;
    private final int b;
    /** Norms of the blocks. */
    private final CsrMatrix graph;

    private final NearNullSpace nearNull;
    private final double filter;
    /** Per node the inverse of its block of D, row after row; zero where the block is singular. */
    private final double[] inverse;
    /** Per entry of the graph whether the filter keeps it; never the diagonal. */
    private final boolean[] kept;

    private BlockInterpolation(CsrMatrix a, int b, CsrMatrix graph, NearNullSpace nearNull, double filter) {
        this.a = a;
        this.b = b;
        this.graph = graph;
        this.nearNull = nearNull;
        this.filter = filter;
        inverse = new double[Math.multiplyExact(graph.rows(), b * b)];
        kept = new boolean[graph.entries()];
    }

    /**
     * The smoothed interpolation.
     *
     * @param graph norms of the blocks of {@code a}
     * @param filter blocks with a norm below this part of the largest of their row are filtered
     * @param radius takes the spectral radius of this part of the matrix, if it is one, to that of the whole
     */
    static CsrMatrix of(
            CsrMatrix a,
            int blockSize,
            CsrMatrix graph,
            NearNullSpace nearNull,
            double filter,
            Aggregates aggregates,
            Tentative tentative,
            DoubleUnaryOperator radius,
            Team team) {
        BlockInterpolation interpolation = new BlockInterpolation(a, blockSize, graph, nearNull, filter);
        double omega = SmoothedInterpolation.FOUR_THIRDS / radius.applyAsDouble(interpolation.radius(team));
        return interpolation.smooth(omega, aggregates, tentative, team);
    }

    /** Prepares the nodes and returns ρ(D⁻¹ A_F). */
    private double radius(Team team) {
        team.forRows(graph.rows(), (from, to) -> {
            for (int node = from; node < to; node++) {
                prepare(node);
            }
        });
        return SpectralRadius.estimate(a.rows(), a.columnCount(), b, this::applyScaled, Double.MAX_VALUE, team);
    }

    /** Filters the row of a node and inverts its block of D. */
    private void prepare(int node) {
        double least = filter * Strength.largest(graph, node);
        boolean weak = false;
        for (int k = graph.rowStart()[node]; k < graph.rowStart()[node + 1]; k++) {
            boolean other = graph.columns()[k] != node;
            kept[k] = other && graph.values()[k] >= least && graph.values()[k] > 0;
            weak |= other && !kept[k] && graph.values()[k] > 0;
        }
        double[] diagonal = new double[b * b];
        int width = nearNull.width();
        double[] lost = new double[weak ? b * width : 0];
        for (int c = 0; c < b; c++) {
            int k = graph.rowStart()[node];
            int row = node * b + c;
            for (int l = a.rowStart()[row]; l < a.rowStart()[row + 1]; l++) {
                int column = a.columns()[l];
                while (graph.columns()[k] < column / b) {
                    k++;
                }
                if (column / b == node) {
                    diagonal[c * b + column % b] = a.values()[l];
                } else if (!kept[k]) {
                    for (int v = 0; v < width; v++) {
                        lost[c * width + v] += a.values()[l] * nearNull.get(column, v);
                    }
                }
            }
        }
        double[] lumped = weak ? lump(node, diagonal, lost) : diagonal;
        double[] inverted = SmallMatrix.inverse(lumped, b);
        System.arraycopy(inverted, 0, inverse, node * b * b, b * b);
    }

    /** Adds the block X with the least X B_node = lost to the diagonal one, if that leaves the diagonal large enough. */
    private double[] lump(int node, double[] diagonal, double[] lost) {
        int width = nearNull.width();
        double[] local = new double[b * width];
        System.arraycopy(nearNull.values(), node * b * width, local, 0, b * width);
        double[] right = SmallMatrix.pseudoInverse(local, b, width);
        double[] lumped = diagonal.clone();
        for (int c = 0; c < b; c++) {
            for (int e = 0; e < b; e++) {
                for (int v = 0; v < width; v++) {
                    lumped[c * b + e] += lost[c * width + v] * right[v * b + e];
                }
            }
            double before = diagonal[c * b + c];
            if (!(lumped[c * b + c] * before > SmoothedInterpolation.LEAST_DIAGONAL * before * before)) {
                return diagonal;
            }
        }
        return lumped;
    }

    /** y = D⁻¹ A_F x for whole nodes. */
    private void applyScaled(double[] x, double[] y, int from, int to) {
        double[] sum = new double[b];
        for (int node = from / b; node < to / b; node++) {
            for (int c = 0; c < b; c++) {
                int k = graph.rowStart()[node];
                int row = node * b + c;
                sum[c] = 0;
                for (int l = a.rowStart()[row]; l < a.rowStart()[row + 1]; l++) {
                    int column = a.columns()[l];
                    while (graph.columns()[k] < column / b) {
                        k++;
                    }
                    if (kept[k]) {
                        sum[c] += a.values()[l] * x[column];
                    }
                }
            }
            for (int c = 0; c < b; c++) {
                double scaled = x[node * b + c];
                for (int e = 0; e < b; e++) {
                    scaled += inverse[(node * b + c) * b + e] * sum[e];
                }
                y[node * b + c] = scaled;
            }
        }
    }

    private CsrMatrix smooth(double omega, Aggregates aggregates, Tentative tentative, Team team) {
        int width = tentative.width();
        return NodeRows.build(graph.rows(), b, aggregates.count(), width, team, (node, row) -> {
            int[] owner = aggregates.owner();
            boolean alone = owner[node] == Aggregates.ISOLATED;
            for (int c = 0; c < b; c++) {
                int k = graph.rowStart()[node];
                int i = node * b + c;
                for (int l = a.rowStart()[i]; l < a.rowStart()[i + 1]; l++) {
                    int column = a.columns()[l];
                    while (graph.columns()[k] < column / b) {
                        k++;
                    }
                    if (kept[k] && owner[column / b] != Aggregates.ISOLATED) {
                        int at = row.place(owner[column / b]) * b * width + c * width;
                        for (int v = 0; v < width; v++) {
                            row.values()[at + v] += a.values()[l] * tentative.values()[column * width + v];
                        }
                    }
                }
            }
            scale(row, node, alone ? -1 : -omega, width);
            if (!alone) {
                int at = row.place(owner[node]) * b * width;
                for (int v = 0; v < b * width; v++) {
                    row.values()[at + v] += (1 - omega) * tentative.values()[node * b * width + v];
                }
            }
        });
    }

    /** Multiplies the blocks of a row by factor D⁻¹ from the left. */
    private void scale(SparseRow row, int node, double factor, int width) {
        double[] column = new double[b];
        for (int place = 0; place < row.size(); place++) {
            for (int v = 0; v < width; v++) {
                int at = place * b * width + v;
                for (int c = 0; c < b; c++) {
                    column[c] = row.values()[at + c * width];
                }
                for (int c = 0; c < b; c++) {
                    double sum = 0;
                    for (int e = 0; e < b; e++) {
                        sum += inverse[(node * b + c) * b + e] * column[e];
                    }
                    row.values()[at + c * width] = factor * sum;
                }
            }
        }
    }
}
