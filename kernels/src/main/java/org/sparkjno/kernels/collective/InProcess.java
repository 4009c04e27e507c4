// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.collective.CollectiveException.Phase;

/**
 * Ranks that are threads of one JVM. Each lends the others a view of its own buffer for the length of a call, and reduces one
 * segment over all of them: every element is read once per rank, and no copy of the arrays is made.
 */
final class InProcess implements Collective {
    private static final int WIRE = 64 * 1024;

    private final World world;
    private final Place place;
    private final Duration deadline;
    private final ByteBuffer wire = ByteBuffer.allocateDirect(WIRE).order(ByteOrder.LITTLE_ENDIAN);

    /** What the ranks share: the gate, and what each has lent, written before it passes and read after. */
    static final class World {
        private final Gate gate;
        private final Payload[] lent;

        World(int size) {
            gate = new Gate(size);
            lent = new Payload[size];
        }
    }

    /** Waits for all other ranks to join the same world. */
    InProcess(World world, Place place, Duration connect, Duration deadline) {
        this.world = world;
        this.place = place;
        this.deadline = deadline;
        world.gate.pass(
                place.rank(), new Gate.Passage(Phase.CONNECT, place.size()), System.nanoTime() + connect.toNanos());
    }

    @Override
    public int rank() {
        return place.rank();
    }

    @Override
    public int size() {
        return place.size();
    }

    @Override
    public void allReduce(Values values, Reduction reduction) {
        together(Phase.ALL_REDUCE, values, values.bytes(), () -> {
            // Segment s starts with rank s + 1, so this rank's values are the first operand of the segment before its
            // own.
            Segments segments = new Segments(values.length(), size());
            int segment = place.ahead(-1);
            reduce(values, segments, segment, reduction);
            copy(values, segments, segment, 1, size() - 1);
        });
    }

    @Override
    public Segments reduceScatter(Values values, Reduction reduction) {
        Segments segments = new Segments(values.length(), size());
        together(Phase.REDUCE_SCATTER, values, values.bytes(), () -> {
            int segment = place.ahead(-1);
            reduce(values, segments, segment, reduction);
            copy(values, segments, segment, size() - 1, size() - 1);
        });
        return segments;
    }

    @Override
    public void allGather(Values values) {
        Segments segments = new Segments(values.length(), size());
        together(Phase.ALL_GATHER, values, values.bytes(), () -> copy(values, segments, rank(), 1, size() - 1));
    }

    @Override
    public List<byte[]> allGather(byte[] own) {
        List<byte[]> all = new ArrayList<>(size());
        together(Phase.ALL_GATHER, new Octets(ByteBuffer.wrap(own)), -1, () -> {
            for (Payload peer : world.lent) {
                byte[] bytes = new byte[peer.length()];
                peer.read(0, bytes.length, ByteBuffer.wrap(bytes));
                all.add(bytes);
            }
        });
        return List.copyOf(all);
    }

    @Override
    public void exchange(Traffic traffic, ByteBuffer outgoing, ByteBuffer incoming) {
        traffic.require(rank(), size(), outgoing, incoming);
        Octets arriving = new Octets(incoming);
        together(Phase.EXCHANGE, new Octets(outgoing), traffic.total(), () -> {
            for (int from = 0; from < size(); from++) {
                int start = traffic.sentBefore(from, rank());
                int target = traffic.receivedBefore(rank(), from);
                int length = traffic.bytes(from, rank());
                for (int done = 0; done < length; done += WIRE) {
                    int count = Math.min(WIRE, length - done);
                    arriving.write(target + done, take(world.lent[from], start + done, count));
                }
            }
        });
    }

    @Override
    public void broadcast(ByteBuffer bytes, int root) {
        place.requireRoot(root);
        Octets own = new Octets(bytes);
        together(Phase.BROADCAST, own, own.bytes(), () -> {
            if (rank() != root) {
                for (int from = 0; from < own.length(); from += WIRE) {
                    own.write(from, take(world.lent[root], from, Math.min(WIRE, own.length() - from)));
                }
            }
        });
    }

    @Override
    public void barrier() {
        pass(new Gate.Passage(Phase.BARRIER, 0));
    }

    @Override
    public void close() {
        world.gate.leave(rank());
    }

    /** Lends a payload, works when all have lent theirs, and takes it back when all have done their work. */
    private void together(Phase phase, Payload payload, long bytes, Runnable work) {
        world.lent[rank()] = payload;
        pass(new Gate.Passage(phase, bytes));
        work.run();
        pass(new Gate.Passage(phase, bytes));
    }

    private void pass(Gate.Passage passage) {
        world.gate.pass(rank(), passage, System.nanoTime() + deadline.toNanos());
    }

    /** Left to right over the ring, this rank first; the result stands in this rank's values. */
    private void reduce(Values values, Segments segments, int segment, Reduction reduction) {
        forBlocks(values, segments, segment, (from, count) -> {
            for (int step = 1; step < size(); step++) {
                values.combine(from, take(world.lent[place.ahead(step)], from, count), reduction);
            }
        });
    }

    /** Writes this rank's segment to the ranks so many steps ahead. */
    private void copy(Values values, Segments segments, int segment, int firstStep, int lastStep) {
        forBlocks(values, segments, segment, (from, count) -> {
            for (int step = firstStep; step <= lastStep; step++) {
                world.lent[place.ahead(step)].write(from, take(values, from, count));
            }
        });
    }

    private ByteBuffer take(Payload payload, int from, int count) {
        wire.clear();
        payload.read(from, count, wire);
        return wire.flip();
    }

    private interface Block {
        void at(int from, int count);
    }

    private static void forBlocks(Values values, Segments segments, int segment, Block block) {
        int end = segments.start(segment + 1);
        int most = WIRE / values.width();
        for (int from = segments.start(segment); from < end; from += most) {
            block.at(from, Math.min(most, end - from));
        }
    }
}
