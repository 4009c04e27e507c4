// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.aggregation;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.sparkjno.amg.hierarchy.NearNullSpace;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * Smoothed aggregation of a level that several processes share. Each holds its own rows, whose columns are its own ones and
 * then those of whole nodes of others. Aggregates stay inside a process; the smoothing of the interpolation reaches across,
 * for which it needs the tentative interpolation of the other nodes.
 *
 * <p>Tuminaro and Tong, "Parallel smoothed aggregation multigrid: aggregation strategies on massively parallel machines", SC
 * 2000, section 4.1 (uncoupled aggregation).
 */
public final class SharedAggregation {
    private final SmoothedAggregation method;
    private final CsrMatrix rows;
    private final CsrMatrix graph;
    private final int blockSize;
    private final NearNullSpace nearNull;
    private final Team team;

    private SharedAggregation(
            SmoothedAggregation method, CsrMatrix rows, int blockSize, NearNullSpace nearNull, Team team) {
        this.method = method;
        this.rows = rows;
        this.blockSize = blockSize;
        this.nearNull = nearNull;
        this.team = team;
        graph = NodeGraph.of(rows, blockSize, team);
    }

    /**
     * A level as one process sees it.
     *
     * @param rows own rows; their own columns come first
     * @param blockSize unknowns per node; nodes are whole among rows and columns
     * @param nearNull near-null vectors of all columns
     * @throws IllegalArgumentException if the interpolation is to be one of minimal energy, which is for one process
     */
    public static SharedAggregation of(
            SmoothedAggregation method, CsrMatrix rows, int blockSize, NearNullSpace nearNull, Team team) {
        if (!(method.prolongation() instanceof Prolongation.Jacobi)) {
            throw new IllegalArgumentException("Interpolation of minimal energy is for matrices of one process;"
                    + " take Jacobi where rows are divided.");
        }
        return new SharedAggregation(method, rows, blockSize, nearNull, team);
    }

    /** For every own node its largest coupling, on which depends what is strong. */
    public double[] largestCouplings() {
        double[] largest = new double[graph.rows()];
        Arrays.setAll(largest, i -> Strength.largest(graph, i));
        return largest;
    }

    /**
     * Own nodes brought together.
     *
     * @param owner for every own node its aggregate; negative for one that takes no part
     * @param count number of aggregates
     * @param tentative (own rows x vectors) entries of the tentative interpolation
     * @param coarse near-null space of the aggregates
     */
    public record Parts(int[] owner, int count, double[] tentative, NearNullSpace coarse) {}

    /**
     * Aggregates own nodes.
     *
     * @param largest for every node, own ones first, its largest coupling
     * @param strong whether only strong couplings count, else all do
     */
    public Parts aggregate(double[] largest, boolean strong) {
        NodeCouplings couplings = inside(largest, strong ? method.strength() : 0);
        int width = nearNull.width();
        int leastNodes = (width + blockSize - 1) / blockSize;
        Aggregates aggregates =
                method.aggregation().of(couplings, team).adopted(couplings).ofAtLeast(leastNodes, couplings);
        double[] own = Arrays.copyOf(nearNull.values(), rows.rows() * width);
        Tentative tentative = Tentative.of(new NearNullSpace(rows.rows(), width, own), blockSize, aggregates, team);
        return new Parts(aggregates.owner(), aggregates.count(), tentative.values(), tentative.coarse());
    }

    /** The couplings between own nodes; what is strong is judged by all of them. */
    private NodeCouplings inside(double[] largest, double threshold) {
        int nodes = graph.rows();
        CsrMatrix own = RowChunks.build(nodes, nodes, team, (from, to, chunk) -> {
            for (int i = from; i < to; i++) {
                for (int k = graph.rowStart()[i]; k < graph.rowStart()[i + 1]; k++) {
                    if (graph.columns()[k] < nodes) {
                        chunk.append(graph.columns()[k], graph.values()[k]);
                    }
                }
                chunk.endRow();
            }
        });
        boolean[] strong = new boolean[own.entries()];
        for (int i = 0; i < nodes; i++) {
            for (int k = own.rowStart()[i]; k < own.rowStart()[i + 1]; k++) {
                int j = own.columns()[k];
                double modulus = Math.abs(own.values()[k]);
                strong[k] = j != i && modulus > 0 && modulus >= threshold * Math.max(largest[i], largest[j]);
            }
        }
        return new NodeCouplings(own, strong);
    }

    /**
     * The smoothed interpolation of own rows, (own rows x vectors of all aggregates).
     *
     * @param owner for every node, own ones first, its aggregate; negative for none
     * @param count number of aggregates, own ones first
     * @param tentative (columns x vectors) entries of the tentative interpolation
     * @param radius takes the spectral radius of the own part to that of the whole; called once
     */
    public CsrMatrix interpolation(int[] owner, int count, double[] tentative, DoubleUnaryOperator radius) {
        Aggregates aggregates = new Aggregates(owner, count);
        Tentative all = new Tentative(nearNull.width(), tentative, nearNull);
        return blockSize == 1 && nearNull.width() == 1
                ? SmoothedInterpolation.of(rows, nearNull.values(), method.filter(), aggregates, all, radius, team)
                : BlockInterpolation.of(
                        rows, blockSize, graph, nearNull, method.filter(), aggregates, all, radius, team);
    }
}
