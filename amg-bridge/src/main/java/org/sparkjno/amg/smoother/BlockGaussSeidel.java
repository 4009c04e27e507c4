// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import java.util.Optional;
import org.sparkjno.amg.compiled.Real;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * Gauss-Seidel over nodes of several unknowns, which are solved for together: forwards before the coarse correction,
 * backwards after it. In a team it is a hybrid like {@link GaussSeidel}.
 *
 * <p>Saad, "Iterative Methods for Sparse Linear Systems", 2nd edition, section 4.1.1.
 */
public final class BlockGaussSeidel implements Smoother {
    private final CsrMatrix matrix;
    private final int blockSize;
    private final Team team;
    private final Partition partition;
    private final BlockDiagonal blocks;
    /** Position of the first entry of each row in the columns of its node. */
    private final int[] own;
    /** Position of the first entry of each row right of its node. */
    private final int[] upper;

    private BlockGaussSeidel(CsrMatrix matrix, int blockSize, Team team) {
        this.matrix = matrix;
        this.blockSize = blockSize;
        this.team = team;
        BlockDiagonal.requireWhole(matrix, blockSize, "Block Gauss-Seidel");
        partition = Partition.of(matrix, blockSize, team);
        int n = matrix.rows();
        double[] surplus = new double[n];
        for (int part = 0; part < partition.parts(); part++) {
            int[] rows = partition.boundary(part);
            for (int q = 0; q < rows.length; q++) {
                surplus[rows[q]] = partition.surplus(part)[q];
            }
        }
        blocks = BlockDiagonal.of(matrix, blockSize, surplus, "Block Gauss-Seidel");
        own = new int[n];
        upper = new int[n];
        for (int i = 0; i < n; i++) {
            int node = i - i % blockSize;
            own[i] = firstFrom(node, i);
            upper[i] = firstFrom(node + blockSize, i);
        }
    }

    /**
     * The smoother of a square matrix.
     *
     * @throws IllegalArgumentException if a block is singular or the blocks do not divide the rows
     */
    public static BlockGaussSeidel of(CsrMatrix matrix, int blockSize, Team team) {
        return new BlockGaussSeidel(matrix.requireSquare(), blockSize, team);
    }

    private int firstFrom(int column, int i) {
        int k = matrix.rowStart()[i];
        while (k < matrix.rowStart()[i + 1] && matrix.columns()[k] < column) {
            k++;
        }
        return k;
    }

    @Override
    public Application begin(int width) {
        RowKernel kernel = new RowKernel(matrix, width);
        return new HybridApplication(matrix, partition, team, kernel, new NodeSweep(kernel));
    }

    @Override
    public <V> Optional<CompiledSmoother<V>> compiled(Real<V> real, Optional<CompiledSmoother<V>> earlier) {
        return Optional.of(
                new CompiledGaussSeidel<>(matrix, blockSize, partition, blocks.inverse(), team, real, earlier));
    }

    @Override
    public String toString() {
        return "block Gauss-Seidel with blocks of " + blockSize;
    }

    private final class NodeSweep extends ChunkedSweep {
        private final RowKernel kernel;
        /** Right-hand sides of the node at hand, per part. */
        private final double[][] sums;

        NodeSweep(RowKernel kernel) {
            super(partition, blockSize);
            this.kernel = kernel;
            sums = new double[partition.parts()][Math.multiplyExact(blockSize, kernel.width())];
        }

        @Override
        void sweep(int part, int from, int to, double[] b, double[] x) {
            double[] sum = sums[part];
            for (int node = from; node < to; node += blockSize) {
                for (int i = node; i < node + blockSize; i++) {
                    kernel.row(partition.firstEntry(part, i), own[i], own[i], b, i, 1, x, sum, i - node);
                }
                blocks.apply(1, sum, 0, x, node, kernel.width(), false);
            }
        }

        @Override
        int residual(int from, int to, double[] x, double[] r) {
            for (int i = from; i < to; i++) {
                if (partition.coupled(i)) {
                    continue;
                }
                int end = matrix.rowStart()[i + 1];
                if (end > upper[i] && matrix.columns()[end - 1] >= to) {
                    return i;
                }
                kernel.row(upper[i], end, end, null, i, 1, x, r, i);
            }
            return to;
        }

        @Override
        public void backward(int part, double[] b, double[] x, double[] r) {
            double[] sum = sums[part];
            for (int node = partition.to(part) - blockSize; node >= partition.from(part); node -= blockSize) {
                for (int i = node; i < node + blockSize; i++) {
                    double[] right = partition.coupled(i) ? r : b;
                    int last = partition.lastEntry(part, i);
                    kernel.row(partition.firstEntry(part, i), own[i], own[i], right, i, 1, x, sum, i - node);
                    kernel.row(upper[i], last, last, sum, i - node, 1, x, sum, i - node);
                }
                blocks.apply(1, sum, 0, x, node, kernel.width(), false);
            }
        }
    }
}
