// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * A rank's two connections in the ring: it sends to the next rank and receives from the one before, both at once, in one
 * thread. Against the stream flows only the news that the world has ended.
 */
final class Neighbours implements Closeable {
    /** Elements are copied, sent and combined in pieces of this many bytes, which fit the second-level cache. */
    static final int CHUNK = 256 * 1024;

    /** How long a rank whose neighbour hung up listens on the other side for the reason. */
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final Place place;
    private final SocketChannel next;
    private final SocketChannel previous;
    private final Selector selector;
    private final SelectionKey nextKey;
    private final SelectionKey previousKey;
    private final Outbound outbound = new Outbound();
    private final Inbound inbound = new Inbound();
    private final ByteBuffer news = wire(Frame.BYTES);
    private boolean nextHungUp;

    /** Elements {@code from} to {@code from + count} of a payload. */
    record Part(Payload payload, int from, int count) {
        int bytes() {
            return count * payload.width();
        }
    }

    /** Takes the bytes of elements from a given one on. */
    interface Sink {
        void accept(int from, ByteBuffer wire);
    }

    Neighbours(Place place, SocketChannel next, SocketChannel previous) throws IOException {
        this.place = place;
        this.next = next;
        this.previous = previous;
        this.selector = Selector.open();
        this.nextKey = next.register(selector, SelectionKey.OP_READ);
        this.previousKey = previous.register(selector, SelectionKey.OP_READ);
    }

    /** Little-endian memory for the wire. */
    static ByteBuffer wire(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Sends one message and receives one; a null part means none. The late rank, if it comes to that, is {@code suspect}. */
    void exchange(Frame call, Part send, Part receive, Sink sink, int suspect, long deadlineNanos) throws WorldEnded {
        try {
            boolean sent = send == null;
            boolean received = receive == null;
            if (!sent) {
                outbound.start(call, send);
                sent = outbound.advance();
            }
            if (!received) {
                inbound.start(call, receive, sink);
            }
            while (!sent || !received) {
                await(sent, received, suspect, deadlineNanos);
                readNews(sent);
                if (!sent) {
                    sent = outbound.advance();
                }
                if (!received) {
                    received = inbound.advance();
                }
            }
        } catch (ClosedChannelException | ClosedSelectorException | CancelledKeyException e) {
            // Also what an interrupt in the middle of a read or write looks like.
            throw new WorldEnded(Frame.Kind.STOPPED, place.rank(), e);
        } catch (IOException e) {
            throw new WorldEnded(Frame.Kind.DEAD, place.ahead(1), e);
        }
    }

    private void await(boolean sent, boolean received, int suspect, long deadlineNanos) throws IOException, WorldEnded {
        nextKey.interestOps((sent ? 0 : SelectionKey.OP_WRITE) | (nextHungUp ? 0 : SelectionKey.OP_READ));
        previousKey.interestOps(received ? 0 : SelectionKey.OP_READ);
        long left = deadlineNanos - System.nanoTime();
        if (left <= 0) {
            throw new WorldEnded(Frame.Kind.LATE, received ? place.ahead(1) : suspect, null);
        }
        selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw new WorldEnded(Frame.Kind.STOPPED, place.rank(), null);
        }
    }

    /** The next rank speaks to this one only to say that the world has ended, or hangs up. */
    private void readNews(boolean sent) throws IOException, WorldEnded {
        if (nextHungUp) {
            return;
        }
        int count;
        try {
            count = next.read(news);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            throw new WorldEnded(Frame.Kind.DEAD, place.ahead(1), e);
        }
        if (!news.hasRemaining()) {
            throw ended(Frame.get(news.flip()));
        }
        if (count < 0) {
            // Fine after the last message: the next rank may have all it needs before this one does.
            nextHungUp = true;
            if (!sent) {
                throw new WorldEnded(Frame.Kind.DEAD, place.ahead(1), null);
            }
        }
    }

    /** The rank before hung up without a word: the reason may be on its way round the ring from the other side. */
    private WorldEnded hungUp(IOException cause) throws IOException {
        long end = System.nanoTime() + GRACE_NANOS;
        previousKey.interestOps(0);
        nextKey.interestOps(SelectionKey.OP_READ);
        try {
            for (long left = GRACE_NANOS; left > 0 && !nextHungUp; left = end - System.nanoTime()) {
                selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
                selector.selectedKeys().clear();
                if (Thread.currentThread().isInterrupted()) {
                    return new WorldEnded(Frame.Kind.STOPPED, place.rank(), null);
                }
                readNews(true);
            }
        } catch (WorldEnded reason) {
            return reason;
        }
        return new WorldEnded(Frame.Kind.DEAD, place.ahead(-1), cause);
    }

    private static WorldEnded ended(Frame frame) {
        return new WorldEnded(frame.kind(), frame.blamed(), null);
    }

    /** Tells both neighbours, as far as they can be told without waiting, and hangs up. */
    void end(WorldEnded reason, Frame call) {
        // An interrupted thread cannot write to a channel; the status is restored below.
        boolean interrupted = Thread.interrupted();
        ByteBuffer frame = wire(Frame.BYTES);
        new Frame(reason.reason(), call.phase(), call.call(), reason.rank(), 0, 0).put(frame);
        tell(previous, frame.flip());
        if (!outbound.midway()) {
            tell(next, frame.rewind());
        }
        close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tell(SocketChannel neighbour, ByteBuffer frame) {
        try {
            neighbour.write(frame);
        } catch (IOException e) {
            // It is gone; that is no news any more.
            assert e != null;
        }
    }

    @Override
    public void close() {
        for (Closeable resource : new Closeable[] {next, previous, selector}) {
            try {
                resource.close();
            } catch (IOException e) {
                // Nothing can be done, and nothing depends on it.
                assert e != null;
            }
        }
    }

    /** The message on its way to the next rank. */
    private final class Outbound {
        private final ByteBuffer buffer = wire(Frame.BYTES + CHUNK).limit(0);
        private Part part;
        private int filled;

        void start(Frame frame, Part message) {
            part = message;
            filled = 0;
            buffer.clear();
            frame.with(part.bytes()).put(buffer);
            fill();
        }

        boolean advance() throws IOException, WorldEnded {
            while (true) {
                send();
                if (buffer.hasRemaining()) {
                    return false;
                }
                if (filled == part.count()) {
                    return true;
                }
                buffer.clear();
                fill();
            }
        }

        private void send() throws IOException, WorldEnded {
            try {
                next.write(buffer);
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException e) {
                // It may have said why before it hung up.
                readNews(true);
                throw new WorldEnded(Frame.Kind.DEAD, place.ahead(1), e);
            }
        }

        boolean midway() {
            return buffer.hasRemaining() || part != null && filled < part.count();
        }

        private void fill() {
            int count = Math.min(part.count() - filled, CHUNK / part.payload().width());
            part.payload().read(part.from() + filled, count, buffer);
            filled += count;
            buffer.flip();
        }
    }

    /** The message arriving from the rank before. */
    private final class Inbound {
        private final ByteBuffer buffer = wire(Frame.BYTES + CHUNK);
        private Frame expected;
        private Part part;
        private Sink sink;
        private int stored;
        private boolean opened;

        void start(Frame call, Part message, Sink target) {
            expected = call;
            part = message;
            sink = target;
            stored = 0;
            opened = false;
            buffer.clear().limit(Frame.BYTES + chunk() * part.payload().width());
        }

        boolean advance() throws IOException, WorldEnded {
            while (true) {
                receive();
                if (!opened && buffer.position() >= Frame.BYTES) {
                    check(Frame.get(
                            buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN).flip()));
                    opened = true;
                }
                if (buffer.hasRemaining()) {
                    return false;
                }
                buffer.flip().position(stored == 0 ? Frame.BYTES : 0);
                int count = chunk();
                sink.accept(part.from() + stored, buffer);
                stored += count;
                if (stored == part.count()) {
                    return true;
                }
                buffer.clear().limit(chunk() * part.payload().width());
            }
        }

        private int chunk() {
            return Math.min(part.count() - stored, CHUNK / part.payload().width());
        }

        private void receive() throws IOException, WorldEnded {
            try {
                if (previous.read(buffer) >= 0) {
                    return;
                }
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException e) {
                throw hungUp(e);
            }
            throw hungUp(null);
        }

        private void check(Frame frame) throws WorldEnded {
            if (frame.kind() != Frame.Kind.DATA) {
                throw ended(frame);
            }
            Frame own = expected.with(part.bytes());
            if (!frame.equals(own)) {
                throw new WorldEnded(
                        Frame.Kind.ASTRAY, place.ahead(-1), new IOException("it sends " + frame + ", expected " + own));
            }
        }
    }
}
