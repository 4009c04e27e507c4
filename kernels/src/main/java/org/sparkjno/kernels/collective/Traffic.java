// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * How many bytes each rank sends to each other one in an exchange, known to all ranks alike. Agreed upon once, used for any
 * number of exchanges. Immutable.
 */
public final class Traffic {
    private final int[][] bytes;

    private Traffic(int[][] bytes) {
        this.bytes = bytes;
    }

    /**
     * Tells all ranks what this one is going to send; every rank calls it.
     *
     * @param bytesTo for every rank how many bytes this rank sends to it
     * @throws IllegalArgumentException if there is not one length, at least 0, per rank
     * @throws CollectiveException if a rank fails, hangs past the deadline or makes another call
     */
    public static Traffic agree(Collective world, int[] bytesTo) {
        if (bytesTo.length != world.size()) {
            throw new IllegalArgumentException(
                    "A world of " + world.size() + " ranks needs as many lengths, but got " + bytesTo.length + ".");
        }
        ByteBuffer own = ByteBuffer.allocate(Integer.BYTES * bytesTo.length);
        for (int length : bytesTo) {
            if (length < 0) {
                throw new IllegalArgumentException("Nobody can send " + length + " bytes.");
            }
            own.putInt(length);
        }
        List<byte[]> all = world.allGather(own.array());
        int[][] bytes = new int[world.size()][world.size()];
        for (int from = 0; from < bytes.length; from++) {
            ByteBuffer.wrap(all.get(from)).asIntBuffer().get(bytes[from]);
        }
        return new Traffic(bytes);
    }

    /** The same messages, each so many times as long: for several vectors instead of one. */
    public Traffic times(int factor) {
        int[][] scaled = new int[bytes.length][];
        for (int from = 0; from < bytes.length; from++) {
            scaled[from] = bytes[from].clone();
            for (int to = 0; to < bytes.length; to++) {
                scaled[from][to] = Math.multiplyExact(bytes[from][to], factor);
            }
        }
        return new Traffic(scaled);
    }

    /** The answers: what one rank sent to another one, that one sends back. */
    public Traffic reversed() {
        int[][] answers = new int[bytes.length][bytes.length];
        for (int from = 0; from < bytes.length; from++) {
            for (int to = 0; to < bytes.length; to++) {
                answers[to][from] = bytes[from][to];
            }
        }
        return new Traffic(answers);
    }

    /** Number of ranks. */
    public int size() {
        return bytes.length;
    }

    /** What one rank sends to another one, in bytes. */
    public int bytes(int from, int to) {
        return bytes[from][to];
    }

    /** All that a rank sends, in bytes. */
    public int sent(int from) {
        return sentBefore(from, bytes.length);
    }

    /** Where the message to rank {@code to} begins among those of rank {@code from}. */
    public int sentBefore(int from, int to) {
        int sum = 0;
        for (int rank = 0; rank < to; rank++) {
            sum = Math.addExact(sum, bytes[from][rank]);
        }
        return sum;
    }

    /** All that a rank receives, in bytes. */
    public int received(int to) {
        return receivedBefore(to, bytes.length);
    }

    /** Where the message from rank {@code from} begins among those for rank {@code to}. */
    public int receivedBefore(int to, int from) {
        int sum = 0;
        for (int rank = 0; rank < from; rank++) {
            sum = Math.addExact(sum, bytes[rank][to]);
        }
        return sum;
    }

    /** All bytes that travel. */
    long total() {
        long sum = 0;
        for (int from = 0; from < bytes.length; from++) {
            sum += sent(from);
        }
        return sum;
    }

    /** What is still under way from a rank when its messages have passed so many ranks: those to ranks further on. */
    int beyond(int from, int steps) {
        int sum = 0;
        for (int step = steps; step < bytes.length; step++) {
            sum = Math.addExact(sum, bytes[from][(from + step) % bytes.length]);
        }
        return sum;
    }

    void require(int rank, int size, ByteBuffer outgoing, ByteBuffer incoming) {
        if (size != bytes.length || outgoing.remaining() != sent(rank) || incoming.remaining() != received(rank)) {
            List<Integer> lengths = new ArrayList<>();
            for (int[] row : bytes) {
                lengths.add(row[rank]);
            }
            throw new IllegalArgumentException("Rank " + rank + " of " + size + " agreed to send " + sent(rank)
                    + " bytes and to receive " + lengths + ", but brings buffers of " + outgoing.remaining() + " and "
                    + incoming.remaining() + " bytes.");
        }
    }
}
