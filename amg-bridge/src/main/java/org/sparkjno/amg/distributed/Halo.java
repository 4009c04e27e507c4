// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.collective.Traffic;

/**
 * The components that a rank needs of vectors whose rows are divided: which foreign ones (ghosts, in ascending global
 * order), and which own ones the others need. Planned once, used for any number of vectors. Immutable.
 */
final class Halo {
    private final Collective world;
    private final RowPartition partition;
    /** Global numbers of the ghosts, ascending, so those of one owner lie together. */
    private final long[] ghosts;
    /** Own components to send, those for rank 0 first. */
    private final int[] sent;

    private final Traffic traffic;

    private Halo(Collective world, RowPartition partition, long[] ghosts, int[] sent, Traffic traffic) {
        this.world = world;
        this.partition = partition;
        this.ghosts = ghosts;
        this.sent = sent;
        this.traffic = traffic;
    }

    /**
     * Plans; every rank calls it.
     *
     * @param ghosts foreign global rows that this rank needs, ascending, each once
     */
    static Halo plan(Collective world, RowPartition partition, long[] ghosts) {
        int[] requested = new int[world.size()];
        for (long ghost : ghosts) {
            requested[partition.owner(ghost)] += Long.BYTES;
        }
        Traffic requests = Traffic.agree(world, requested);
        ByteBuffer outgoing = buffer(requests.sent(world.rank()));
        outgoing.asLongBuffer().put(ghosts);
        ByteBuffer incoming = buffer(requests.received(world.rank()));
        world.exchange(requests, outgoing, incoming);
        long start = partition.start(world.rank());
        int[] sent = new int[incoming.capacity() / Long.BYTES];
        Arrays.setAll(sent, k -> Math.toIntExact(incoming.getLong(k * Long.BYTES) - start));
        return new Halo(world, partition, ghosts, sent, requests.reversed());
    }

    Collective world() {
        return world;
    }

    RowPartition partition() {
        return partition;
    }

    /** Number of ghosts. */
    int size() {
        return ghosts.length;
    }

    /** The global numbers of the ghosts, to be read only. */
    long[] ghosts() {
        return ghosts;
    }

    /** Own components that others need, those for rank 0 first; to be read only. */
    int[] sent() {
        return sent;
    }

    /** The plan for some of the ghosts, named by their places; made by all ranks together. */
    Halo of(int[] some) {
        return plan(
                world, partition, IntStream.of(some).mapToLong(g -> ghosts[g]).toArray());
    }

    /** Whether nothing is exchanged between any ranks; all of them know. */
    boolean isSilent() {
        return IntStream.range(0, traffic.size()).allMatch(rank -> traffic.sent(rank) == 0);
    }

    /** Number of own components that go to a rank. */
    int sentTo(int rank) {
        return traffic.bytes(world.rank(), rank) / Long.BYTES;
    }

    /** Where the number of a component stands: own ones first, then the ghosts; negative if it is neither. */
    int local(long global) {
        int rank = world.rank();
        if (global >= partition.start(rank) && global < partition.start(rank + 1)) {
            return (int) (global - partition.start(rank));
        }
        int ghost = Arrays.binarySearch(ghosts, global);
        return ghost < 0 ? -1 : partition.size(rank) + ghost;
    }

    /** The global number of an own component or a ghost. */
    long global(int local) {
        int own = partition.size(world.rank());
        return local < own ? partition.start(world.rank()) + local : ghosts[local - own];
    }

    /** The ghosts of vectors of which this rank has its own components, (size x width). */
    double[] ghosts(double[] own, int width) {
        ByteBuffer outgoing = buffer(Math.multiplyExact(sent.length * Double.BYTES, width));
        DoubleBuffer values = outgoing.asDoubleBuffer();
        for (int row : sent) {
            values.put(own, row * width, width);
        }
        ByteBuffer incoming = buffer(Math.multiplyExact(ghosts.length * Double.BYTES, width));
        world.exchange(width == 1 ? traffic : traffic.times(width), outgoing, incoming);
        double[] received = new double[ghosts.length * width];
        incoming.asDoubleBuffer().get(received);
        return received;
    }

    /** The ghosts of a list of numbers. */
    long[] ghosts(long[] own) {
        ByteBuffer outgoing = buffer(sent.length * Long.BYTES);
        LongBuffer values = outgoing.asLongBuffer();
        for (int row : sent) {
            values.put(own[row]);
        }
        ByteBuffer incoming = buffer(ghosts.length * Long.BYTES);
        world.exchange(traffic, outgoing, incoming);
        long[] received = new long[ghosts.length];
        incoming.asLongBuffer().get(received);
        return received;
    }

    /** Own components of vectors, followed by those of the ghosts. */
    double[] withGhosts(double[] own, int width) {
        double[] all = Arrays.copyOf(own, own.length + ghosts.length * width);
        System.arraycopy(ghosts(own, width), 0, all, own.length, ghosts.length * width);
        return all;
    }

    /** A list of numbers of own components, followed by those of the ghosts. */
    long[] withGhosts(long[] own) {
        long[] all = Arrays.copyOf(own, own.length + ghosts.length);
        System.arraycopy(ghosts(own), 0, all, own.length, ghosts.length);
        return all;
    }

    /** The transpose of {@link #ghosts(double[], int)}: adds what the ranks have for their ghosts to the owners' components. */
    void addToOwners(double[] ofGhosts, double[] own, int width) {
        ByteBuffer outgoing = buffer(Math.multiplyExact(ghosts.length * Double.BYTES, width));
        outgoing.asDoubleBuffer().put(ofGhosts);
        ByteBuffer incoming = buffer(Math.multiplyExact(sent.length * Double.BYTES, width));
        world.exchange((width == 1 ? traffic : traffic.times(width)).reversed(), outgoing, incoming);
        DoubleBuffer values = incoming.asDoubleBuffer();
        for (int row : sent) {
            for (int c = 0; c < width; c++) {
                own[row * width + c] += values.get();
            }
        }
    }

    /** What each rank has for its ghosts, as the owners get it: in the order of {@link #sent()}. */
    long[] fromGhosts(long[] ofGhosts) {
        ByteBuffer outgoing = buffer(ghosts.length * Long.BYTES);
        outgoing.asLongBuffer().put(ofGhosts);
        ByteBuffer incoming = buffer(sent.length * Long.BYTES);
        world.exchange(traffic.reversed(), outgoing, incoming);
        long[] received = new long[sent.length];
        incoming.asLongBuffer().get(received);
        return received;
    }

    static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
