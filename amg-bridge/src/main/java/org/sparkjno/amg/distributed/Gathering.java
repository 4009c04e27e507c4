// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.collective.Traffic;

/**
 * Brings what is divided over ranks to one of them, and its answers back: a small level is set up and solved in one place,
 * and the others hold nothing of it. Planned once. Immutable.
 */
final class Gathering {
    private static final int ROOT = 0;
    private static final int ENTRY = Long.BYTES + Double.BYTES;

    private final Collective world;
    private final RowPartition partition;
    private final Traffic traffic;

    private Gathering(Collective world, RowPartition partition, Traffic traffic) {
        this.world = world;
        this.partition = partition;
        this.traffic = traffic;
    }

    /** Plans; made by all ranks together. */
    static Gathering of(Collective world, RowPartition partition) {
        return new Gathering(world, partition, toRoot(world, Double.BYTES * partition.size(world.rank())));
    }

    private static Traffic toRoot(Collective world, int bytes) {
        int[] sent = new int[world.size()];
        sent[ROOT] = bytes;
        return Traffic.agree(world, sent);
    }

    /** Whether this is the rank that gathers. */
    boolean isRoot() {
        return world.rank() == ROOT;
    }

    /** A few numbers that the root knows, for all; made by all ranks together. */
    double[] told(double... numbers) {
        ByteBuffer bytes = Halo.buffer(Double.BYTES * numbers.length);
        bytes.asDoubleBuffer().put(numbers);
        world.broadcast(bytes, ROOT);
        bytes.asDoubleBuffer().get(numbers);
        return numbers;
    }

    /** The whole matrix on the root, a matrix without rows elsewhere; made by all ranks together. */
    CsrMatrix matrix(DistributedMatrix matrix) {
        RowBlock block = matrix.block();
        int entries = block.columns().length;
        ByteBuffer own =
                Halo.buffer(Math.addExact(Integer.BYTES * (block.rows() + 1), Math.multiplyExact(ENTRY, entries)));
        for (int start : block.rowStart()) {
            own.putInt(start);
        }
        for (int k = 0; k < entries; k++) {
            own.putLong(block.columns()[k]).putDouble(block.values()[k]);
        }
        Traffic lengths = toRoot(world, own.capacity());
        ByteBuffer all = Halo.buffer(lengths.received(world.rank()));
        world.exchange(lengths, own.flip(), all);
        int rows = isRoot() ? Math.toIntExact(matrix.rows().rows()) : 0;
        CsrAssembler assembler =
                new CsrAssembler(rows, Math.toIntExact(matrix.columns().rows()), all.capacity() / ENTRY);
        for (int rank = 0; isRoot() && rank < world.size(); rank++) {
            int[] start = new int[matrix.rows().size(rank) + 1];
            Arrays.setAll(start, i -> all.getInt());
            int first = (int) matrix.rows().start(rank);
            for (int i = 0; i + 1 < start.length; i++) {
                for (int k = start[i]; k < start[i + 1]; k++) {
                    assembler.add(first + i, (int) all.getLong(), all.getDouble());
                }
            }
        }
        return assembler.assemble();
    }

    /** Whole vectors on the root, nothing elsewhere, (rows x width); made by all ranks together. */
    double[] vectors(double[] own, int width) {
        ByteBuffer outgoing = Halo.buffer(own.length * Double.BYTES);
        outgoing.asDoubleBuffer().put(own);
        double[] all = new double[isRoot() ? Math.multiplyExact(Math.toIntExact(partition.rows()), width) : 0];
        ByteBuffer incoming = Halo.buffer(all.length * Double.BYTES);
        world.exchange(traffic.times(width), outgoing, incoming);
        incoming.asDoubleBuffer().get(all);
        return all;
    }

    /** The way back: each rank gets its components of what the root has; made by all ranks together. */
    void scatter(double[] whole, double[] own, int width) {
        ByteBuffer outgoing = Halo.buffer(whole.length * Double.BYTES);
        outgoing.asDoubleBuffer().put(whole);
        ByteBuffer incoming = Halo.buffer(own.length * Double.BYTES);
        world.exchange(traffic.times(width).reversed(), outgoing, incoming);
        incoming.asDoubleBuffer().get(own);
    }
}
