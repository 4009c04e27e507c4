// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A world of {@link #size()} ranks that compute together.
 *
 * <p>Every rank makes the same calls in the same order with the same lengths. Arithmetic has one fixed order: an array is cut
 * into {@link Segments}, and segment {@code s} is summed over the ranks {@code s+1, s+2, …, size-1, 0, …, s}, left to right.
 * So a result depends on the values, the world size and the numbering of the ranks only: every implementation, every
 * rank and every run gives the same bits, wherever the ranks live. The order is that of the ring reduce-scatter and
 * all-gather of Patarasuk and Yuan, "Bandwidth optimal all-reduce algorithms for clusters of workstations" (2009).
 *
 * <p>Every call has a deadline. A rank that dies, hangs or makes another call than this one ends the call by a {@link
 * CollectiveException} on all ranks that wait for it; the collective is unusable afterwards. An interrupt
 * does the same and leaves the thread's interrupt status set.
 *
 * <p>Calls are made by one thread at a time; {@link #close()} may come from any thread.
 */
public interface Collective extends AutoCloseable {

    /** This member's number, from 0 to {@code size() - 1}. */
    int rank();

    /** The number of members, at least 1. */
    int size();

    /**
     * Replaces {@code values} on every rank by the elementwise reduction over all ranks.
     *
     * @throws CollectiveException if a rank fails, hangs past the deadline or makes another call
     */
    void allReduce(Values values, Reduction reduction);

    /**
     * Reduces as {@link #allReduce(Values, Reduction)} does, but leaves on each rank only its own segment valid; the content
     * of the others is undefined.
     *
     * @return the segments of {@code values}; this rank's own is number {@link #rank()}
     * @throws CollectiveException if a rank fails, hangs past the deadline or makes another call
     */
    Segments reduceScatter(Values values, Reduction reduction);

    /**
     * Sends each rank's own segment of {@code values} (see {@link Segments}) to all others: the second half of an all-reduce.
     *
     * @throws CollectiveException if a rank fails, hangs past the deadline or makes another call
     */
    void allGather(Values values);

    /**
     * Exchanges one byte string per rank; the lengths may differ. Meant for small things.
     *
     * @return the strings by rank
     * @throws CollectiveException if a rank fails, hangs past the deadline or makes another call
     */
    List<byte[]> allGather(byte[] own);

    /**
     * Sends a message of its own to every other rank, as halos need. Positions of the buffers stay where they are.
     *
     * @param traffic the lengths, agreed upon before
     * @param outgoing this rank's messages in the order of their destinations
     * @param incoming takes the messages for this rank in the order of their sources
     * @throws IllegalArgumentException if the buffers do not have the agreed lengths
     * @throws CollectiveException if a rank fails, hangs past the deadline or makes another call
     */
    void exchange(Traffic traffic, ByteBuffer outgoing, ByteBuffer incoming);

    /**
     * Copies the remaining bytes of {@code root}'s buffer into the remaining bytes of everybody else's, which must be as many;
     * positions stay where they are.
     *
     * @throws IllegalArgumentException if {@code root} is no rank
     * @throws CollectiveException if a rank fails, hangs past the deadline or makes another call
     */
    void broadcast(ByteBuffer bytes, int root);

    /**
     * Returns when all ranks have called it.
     *
     * @throws CollectiveException if a rank fails or hangs past the deadline
     */
    void barrier();

    /** Leaves the world. Ranks that still wait for this one fail. Idempotent. */
    @Override
    void close();

    /** {@link #allReduce(Values, Reduction)} on the remaining elements of a buffer, whose position stays. */
    default void allReduce(FloatBuffer values, Reduction reduction) {
        allReduce(Values.of(values), reduction);
    }

    /** {@link #allReduce(Values, Reduction)} on the remaining elements of a buffer, whose position stays. */
    default void allReduce(DoubleBuffer values, Reduction reduction) {
        allReduce(Values.of(values), reduction);
    }
}
