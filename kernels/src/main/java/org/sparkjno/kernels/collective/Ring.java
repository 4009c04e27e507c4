// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparkjno.kernels.collective.CollectiveException.Phase;
import org.sparkjno.kernels.collective.Neighbours.Part;
import org.sparkjno.kernels.collective.Neighbours.Sink;

/**
 * Ranks joined in a ring of TCP connections. Long arrays are reduced by a reduce-scatter and an all-gather round the ring,
 * {@code 2 (size-1)} messages of a segment each (Patarasuk and Yuan 2009). Of short ones every rank collects all
 * contributions in {@code size-1} messages and adds them up itself, in the same order, so the switch changes no bit.
 */
final class Ring implements Collective {
    /** Up to this many bytes in all contributions together the number of messages costs more than their length. */
    private static final int SHORT = 128 * 1024;

    private final Place place;
    private final Neighbours neighbours;
    private final Duration deadline;
    private final ByteBuffer contributions = Neighbours.wire(SHORT);
    private int calls;
    private volatile CollectiveException ended;

    Ring(Place place, Neighbours neighbours, Duration deadline) {
        this.place = place;
        this.neighbours = neighbours;
        this.deadline = deadline;
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
        Segments segments = new Segments(values.length(), size());
        call(Phase.ALL_REDUCE, values.bytes(), call -> {
            if (values.bytes() * size() <= SHORT) {
                collectAndReduce(call, values, segments, reduction);
            } else {
                reduceRound(call, values, segments, reduction);
                gatherRound(call, values, starts(segments));
            }
        });
    }

    @Override
    public Segments reduceScatter(Values values, Reduction reduction) {
        Segments segments = new Segments(values.length(), size());
        call(Phase.REDUCE_SCATTER, values.bytes(), call -> reduceRound(call, values, segments, reduction));
        return segments;
    }

    @Override
    public void allGather(Values values) {
        Segments segments = new Segments(values.length(), size());
        call(Phase.ALL_GATHER, values.bytes(), call -> gatherRound(call, values, starts(segments)));
    }

    @Override
    public List<byte[]> allGather(byte[] own) {
        ByteBuffer lengths = Neighbours.wire(size() * Integer.BYTES).putInt(rank() * Integer.BYTES, own.length);
        List<byte[]> all = new ArrayList<>(size());
        call(Phase.ALL_GATHER, -1, call -> {
            gatherRound(call, new Octets(lengths), starts(new Segments(lengths.capacity(), size())));
            int[] starts = new int[size() + 1];
            for (int rank = 0; rank < size(); rank++) {
                starts[rank + 1] = Math.addExact(starts[rank], lengths.getInt(rank * Integer.BYTES));
            }
            byte[] joined = new byte[starts[size()]];
            System.arraycopy(own, 0, joined, starts[rank()], own.length);
            gatherRound(call, new Octets(ByteBuffer.wrap(joined)), starts);
            for (int rank = 0; rank < size(); rank++) {
                all.add(Arrays.copyOfRange(joined, starts[rank], starts[rank + 1]));
            }
        });
        return List.copyOf(all);
    }

    /**
     * All messages of a rank travel together, the nearest destination first; each rank takes out what is for itself and
     * passes on the rest.
     */
    @Override
    public void exchange(Traffic traffic, ByteBuffer outgoing, ByteBuffer incoming) {
        traffic.require(rank(), size(), outgoing, incoming);
        Octets arrived = new Octets(incoming);
        call(Phase.EXCHANGE, traffic.total(), call -> {
            ByteBuffer leaving = byDistance(traffic, outgoing);
            for (int step = 0; step < size(); step++) {
                int from = place.ahead(-step);
                int own = traffic.bytes(from, rank());
                arrived.write(traffic.receivedBefore(rank(), from), leaving.slice(0, own));
                if (step < size() - 1) {
                    ByteBuffer next = Neighbours.wire(traffic.beyond(place.ahead(-1 - step), step + 1));
                    Octets arriving = new Octets(next);
                    call.exchange(
                            new Part(new Octets(leaving), own, leaving.capacity() - own),
                            new Part(arriving, 0, next.capacity()),
                            arriving::write);
                    leaving = next;
                }
            }
        });
    }

    private ByteBuffer byDistance(Traffic traffic, ByteBuffer outgoing) {
        ByteBuffer ordered = Neighbours.wire(outgoing.remaining());
        int at = 0;
        for (int step = 0; step < size(); step++) {
            int to = place.ahead(step);
            int length = traffic.bytes(rank(), to);
            ordered.put(at, outgoing, outgoing.position() + traffic.sentBefore(rank(), to), length);
            at += length;
        }
        return ordered;
    }

    /** The bytes travel down the ring in pieces; each rank passes one piece on while the following one arrives. */
    @Override
    public void broadcast(ByteBuffer bytes, int root) {
        place.requireRoot(root);
        Octets octets = new Octets(bytes);
        boolean sends = place.ahead(1) != root;
        boolean receives = rank() != root;
        int pieces = Math.max(1, (int) (((long) octets.length() + Neighbours.CHUNK - 1) / Neighbours.CHUNK));
        call(Phase.BROADCAST, octets.bytes(), call -> {
            for (int piece = 0; piece <= pieces; piece++) {
                Part arriving = receives && piece < pieces ? piece(octets, piece) : null;
                Part leaving = sends && piece > 0 ? piece(octets, piece - 1) : null;
                call.exchange(leaving, arriving, octets::write);
            }
        });
    }

    @Override
    public void barrier() {
        call(Phase.BARRIER, 0, call -> {
            Octets nothing = new Octets(ByteBuffer.allocate(0));
            gatherRound(call, nothing, new int[size() + 1]);
        });
    }

    @Override
    public void close() {
        if (ended == null) {
            ended = new CollectiveException(
                    Phase.CONNECT, List.of(rank()), "This collective of rank " + rank() + " is closed.");
        }
        neighbours.close();
    }

    /** In step k a rank passes on the sum of k + 1 ranks; after the last one it holds its own segment complete. */
    private void reduceRound(Call call, Values values, Segments segments, Reduction reduction) throws WorldEnded {
        for (int step = 0; step < size() - 1; step++) {
            int leaving = place.ahead(-1 - step);
            int arriving = place.ahead(-2 - step);
            call.exchange(
                    part(values, segments.start(leaving), segments.start(leaving + 1)),
                    part(values, segments.start(arriving), segments.start(arriving + 1)),
                    (from, wire) -> values.combine(from, wire, reduction));
        }
    }

    /** In step k a rank passes on the segment of the rank k before it. */
    private void gatherRound(Call call, Payload payload, int[] starts) throws WorldEnded {
        for (int step = 0; step < size() - 1; step++) {
            int leaving = place.ahead(-step);
            int arriving = place.ahead(-1 - step);
            call.exchange(
                    part(payload, starts[leaving], starts[leaving + 1]),
                    part(payload, starts[arriving], starts[arriving + 1]),
                    payload::write);
        }
    }

    private void collectAndReduce(Call call, Values values, Segments segments, Reduction reduction) throws WorldEnded {
        int bytes = (int) values.bytes();
        values.read(0, values.length(), contributions.clear().position(rank() * bytes));
        gatherRound(
                call,
                new Octets(contributions.clear().limit(size() * bytes)),
                starts(new Segments(size() * bytes, size())));
        for (int segment = 0; segment < size(); segment++) {
            int from = segments.start(segment);
            values.write(from, contribution((segment + 1) % size(), bytes, values, segments, segment));
            for (int step = 2; step <= size(); step++) {
                values.combine(
                        from, contribution((segment + step) % size(), bytes, values, segments, segment), reduction);
            }
        }
    }

    private ByteBuffer contribution(int rank, int bytes, Values values, Segments segments, int segment) {
        int start = rank * bytes + segments.start(segment) * values.width();
        return contributions
                .slice(start, segments.size(segment) * values.width())
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Part part(Payload payload, int start, int end) {
        return new Part(payload, start, end - start);
    }

    private static Part piece(Octets octets, int piece) {
        int start = piece * Neighbours.CHUNK;
        return new Part(octets, start, Math.min(Neighbours.CHUNK, octets.length() - start));
    }

    private static int[] starts(Segments segments) {
        int[] starts = new int[segments.parts() + 1];
        Arrays.setAll(starts, segments::start);
        return starts;
    }

    private interface Body {
        void run(Call call) throws WorldEnded;
    }

    private void call(Phase phase, long bytes, Body body) {
        if (ended != null) {
            throw new CollectiveException(phase, ended.ranks(), ended.getMessage(), ended);
        }
        Call call = new Call(phase, calls++, bytes, System.nanoTime() + deadline.toNanos());
        try {
            body.run(call);
        } catch (WorldEnded e) {
            if (ended == null) {
                ended = new CollectiveException(
                        phase,
                        List.of(e.rank()),
                        "Rank " + e.rank() + " " + e.reason() + " in " + phase + ", call " + call.number + " of rank "
                                + rank() + ".",
                        e.getCause());
                neighbours.end(e, call.frame());
            }
            throw ended;
        }
    }

    /** One collective call under way: numbers its messages, and knows whom to suspect if one does not come. */
    private final class Call {
        private final Phase phase;
        private final int number;
        private final long bytes;
        private final long deadlineNanos;
        private int step;

        Call(Phase phase, int number, long bytes, long deadlineNanos) {
            this.phase = phase;
            this.number = number;
            this.bytes = bytes;
            this.deadlineNanos = deadlineNanos;
        }

        Frame frame() {
            return new Frame(Frame.Kind.DATA, phase, number, 0, 0, bytes);
        }

        void exchange(Part send, Part receive, Sink sink) throws WorldEnded {
            // Message k cannot leave the rank before until it has message k - 1 from the rank before that, and so on:
            // where
            // message k is missing in the first round, it is the rank k + 1 back that never began.
            int suspect = step < size() - 1 && phase != Phase.BROADCAST ? place.ahead(-1 - step) : place.ahead(-1);
            neighbours.exchange(frame(), send, receive, sink, suspect, deadlineNanos);
            step++;
        }
    }
}
