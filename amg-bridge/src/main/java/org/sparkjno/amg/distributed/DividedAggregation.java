// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.sparkjno.amg.aggregation.SharedAggregation;
import org.sparkjno.amg.aggregation.SmoothedAggregation;
import org.sparkjno.amg.hierarchy.Coarsening;
import org.sparkjno.amg.hierarchy.NearNullSpace;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * Smoothed aggregation across the boundaries of ranks, for nodes of several unknowns and any near-null space.
 *
 * @param method how nodes aggregate inside a rank
 */
record DividedAggregation(SmoothedAggregation method) implements DividedCoarsening {
    /** A coarse level larger than this part of the fine one means that coarsening has stalled. */
    private static final double STALL = 0.8;

    @Override
    public Coarser coarsen(DividedLevel level) {
        return new Work(level, method).compute();
    }

    @Override
    public Coarsening gathered() {
        return method;
    }

    /** One level. */
    private static final class Work {
        private final DividedLevel level;
        private final DistributedMatrix matrix;
        private final int width;
        /** Of whole nodes. */
        private final Halo halo;

        private final SharedAggregation shared;

        Work(DividedLevel level, SmoothedAggregation method) {
            this.level = level;
            matrix = level.matrix();
            width = level.nearNullSpace().width();
            int b = level.blockSize();
            halo = b == 1
                    ? matrix.halo()
                    : Halo.plan(
                            matrix.world(),
                            matrix.rows(),
                            LongStream.of(matrix.halo().ghosts())
                                    .map(ghost -> ghost / b)
                                    .distinct()
                                    .flatMap(node -> LongStream.range(node * b, (node + 1) * b))
                                    .toArray());
            NearNullSpace near = level.nearNullSpace();
            NearNullSpace all =
                    new NearNullSpace(matrix.own().rows() + halo.size(), width, halo.withGhosts(near.values(), width));
            shared = SharedAggregation.of(method, rows(), b, all, level.team());
        }

        /** Own rows over own columns and then those of the ghost nodes. */
        private CsrMatrix rows() {
            RowBlock block = matrix.block();
            CsrAssembler rows = new CsrAssembler(block.rows(), block.rows() + halo.size(), block.columns().length);
            for (int i = 0; i < block.rows(); i++) {
                for (int k = block.rowStart()[i]; k < block.rowStart()[i + 1]; k++) {
                    rows.add(i, halo.local(block.columns()[k]), block.values()[k]);
                }
            }
            return rows.assemble();
        }

        Coarser compute() {
            SharedAggregation.Parts parts = aggregated();
            RowPartition coarse = RowPartition.agree(matrix.world(), parts.count() * width);
            long[] names = halo.withGhosts(names(parts, coarse));
            long[] foreign = Arrays.stream(names, matrix.own().rows(), names.length)
                    .filter(name -> name >= 0)
                    .sorted()
                    .distinct()
                    .toArray();
            CsrMatrix p = shared.interpolation(
                    owners(parts, names, foreign),
                    parts.count() + foreign.length,
                    halo.withGhosts(parts.tentative(), width),
                    radius -> Sums.largest(matrix.world(), radius));
            long first = coarse.start(matrix.world().rank());
            int own = parts.count() * width;
            long[] columns = Arrays.stream(p.columns())
                    .mapToLong(j -> j < own ? first + j : foreign[(j - own) / width] + (j - own) % width)
                    .toArray();
            DistributedMatrix interpolation = DistributedMatrix.of(
                    matrix.world(), matrix.rows(), coarse, new RowBlock(p.rowStart(), columns, p.values()));
            return new Coarser(interpolation, width, parts.coarse());
        }

        /** Where strong couplings leave too many aggregates, all couplings are tried. */
        private SharedAggregation.Parts aggregated() {
            double[] largest = ofNodes(halo.withGhosts(ofRows(shared.largestCouplings()), 1));
            SharedAggregation.Parts parts = shared.aggregate(largest, true);
            double unknowns = (double) Sums.of(matrix.world(), parts.count()) * width;
            boolean stalled = unknowns == 0 || unknowns >= STALL * matrix.rows().rows();
            return stalled ? shared.aggregate(largest, false) : parts;
        }

        /** For every node its aggregate: own ones, then the foreign ones in the order of their names. */
        private int[] owners(SharedAggregation.Parts parts, long[] names, long[] foreign) {
            int[] owner = Arrays.copyOf(parts.owner(), names.length / level.blockSize());
            for (int node = parts.owner().length; node < owner.length; node++) {
                long name = names[node * level.blockSize()];
                owner[node] = name < 0 ? -1 : parts.count() + Arrays.binarySearch(foreign, name);
            }
            return owner;
        }

        /** For every own row the first coarse unknown of its aggregate, or -1. */
        private long[] names(SharedAggregation.Parts parts, RowPartition coarse) {
            long first = coarse.start(matrix.world().rank());
            long[] names = new long[matrix.own().rows()];
            Arrays.setAll(names, i -> {
                int owner = parts.owner()[i / level.blockSize()];
                return owner < 0 ? -1 : first + (long) owner * width;
            });
            return names;
        }

        private double[] ofRows(double[] ofNodes) {
            double[] ofRows = new double[ofNodes.length * level.blockSize()];
            Arrays.setAll(ofRows, i -> ofNodes[i / level.blockSize()]);
            return ofRows;
        }

        private double[] ofNodes(double[] ofRows) {
            double[] ofNodes = new double[ofRows.length / level.blockSize()];
            Arrays.setAll(ofNodes, node -> ofRows[node * level.blockSize()]);
            return ofNodes;
        }
    }
}
