// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkjno.kernels.collective.CollectiveException.Phase;

/**
 * Joins one rank into the ring: greets the next rank, and lets in the one before, whoever else knocks. Strangers are refused
 * with a line in the log and do not hold up the right one.
 */
final class Handshake implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Handshake.class);

    private final Place place;
    private final ServerSocketChannel door;
    private final Endpoint nextEndpoint;
    private final Hello toNext;
    private final Hello fromPrevious;
    private final Deadlines deadlines;
    private final Selector selector;
    private final SocketChannel next;
    private SocketChannel previous;
    private boolean answered;

    /** Someone who has knocked and is speaking. */
    private record Stranger(ByteBuffer greeting, long deadlineNanos) {}

    Handshake(
            ServerSocketChannel door, List<Endpoint> endpoints, Place place, Membership membership, Deadlines deadlines)
            throws IOException {
        this.place = place;
        this.door = door;
        this.deadlines = deadlines;
        int before = place.ahead(-1);
        int after = place.ahead(1);
        Endpoint own = endpoints.get(place.rank());
        this.nextEndpoint = endpoints.get(after);
        this.toNext = new Hello(membership, place.rank(), own, after, nextEndpoint);
        this.fromPrevious = new Hello(membership, before, endpoints.get(before), place.rank(), own);
        this.selector = Selector.open();
        this.next = SocketChannel.open();
    }

    /** Returns when both neighbours have proved who they are. */
    Neighbours run() throws IOException {
        long end = System.nanoTime() + deadlines.connect().toNanos();
        door.configureBlocking(false);
        door.register(selector, SelectionKey.OP_ACCEPT);
        call();
        while (previous == null || !answered) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw late();
            }
            long patience = Math.min(left, deadlines.hello().toNanos());
            selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(patience)));
            if (Thread.currentThread().isInterrupted()) {
                throw new CollectiveException(
                        Phase.CONNECT,
                        List.of(place.rank()),
                        "Rank " + place.rank() + " was interrupted while it connected.");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                serve(key);
            }
            selector.selectedKeys().clear();
            dismissSilentStrangers();
        }
        for (SelectionKey key : selector.keys()) {
            if (key.channel() != next && key.channel() != previous && key.channel() != door) {
                key.channel().close();
            }
        }
        selector.close();
        return new Neighbours(place, next, previous);
    }

    private void serve(SelectionKey key) throws IOException {
        if (!key.isValid()) {
            return;
        }
        if (key.isAcceptable()) {
            welcome();
        } else if (key.isConnectable()) {
            greet(key);
        } else if (key.channel() == next) {
            readAnswer(key);
        } else {
            listenTo(key);
        }
    }

    private void call() throws IOException {
        prepare(next);
        SelectionKey key = next.register(selector, SelectionKey.OP_CONNECT);
        try {
            if (next.connect(nextEndpoint.address())) {
                greet(key);
            }
        } catch (IOException | UnresolvedAddressException e) {
            throw unreachable(e);
        }
    }

    private void greet(SelectionKey key) {
        try {
            next.finishConnect();
            // 100 bytes fit into the send buffer of a fresh connection.
            next.write(ByteBuffer.wrap(toNext.greeting()));
        } catch (IOException e) {
            throw unreachable(e);
        }
        key.attach(ByteBuffer.allocate(Hello.ANSWER));
        key.interestOps(SelectionKey.OP_READ);
    }

    private void readAnswer(SelectionKey key) throws IOException {
        ByteBuffer answer = (ByteBuffer) key.attachment();
        int count = read(next, answer);
        if (!answer.hasRemaining() && toNext.isAnsweredBy(answer.array())) {
            answered = true;
            key.interestOps(0);
        } else if (count < 0 || !answer.hasRemaining()) {
            throw new CollectiveException(
                    Phase.CONNECT,
                    List.of(place.ahead(1)),
                    "Rank " + place.ahead(1) + " at " + nextEndpoint.host() + ":" + nextEndpoint.port()
                            + " refused the greeting of rank " + place.rank()
                            + ": it has died, or it belongs to another job; its log says more.");
        }
    }

    private void welcome() throws IOException {
        SocketChannel stranger = door.accept();
        if (stranger != null) {
            prepare(stranger);
            long end = System.nanoTime() + deadlines.hello().toNanos();
            stranger.register(selector, SelectionKey.OP_READ, new Stranger(ByteBuffer.allocate(Hello.BYTES), end));
        }
    }

    private void listenTo(SelectionKey key) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        ByteBuffer greeting = ((Stranger) key.attachment()).greeting();
        int count = read(channel, greeting);
        if (!greeting.hasRemaining()) {
            String objection = fromPrevious.objection(greeting.array());
            if (!objection.isEmpty() || previous != null) {
                refuse(channel, objection.isEmpty() ? "rank " + place.ahead(-1) + " is already in" : objection);
                return;
            }
            channel.write(ByteBuffer.wrap(fromPrevious.answer()));
            previous = channel;
            key.interestOps(0);
        } else if (count < 0) {
            refuse(channel, "it hung up in its greeting");
        }
    }

    /** Like a read, but a connection that breaks counts as one that ends. */
    private static int read(SocketChannel channel, ByteBuffer target) {
        try {
            return channel.read(target);
        } catch (IOException e) {
            LOG.debug("Connection broke in the greeting", e);
            return -1;
        }
    }

    private void dismissSilentStrangers() throws IOException {
        List<SocketChannel> silent = new ArrayList<>();
        for (SelectionKey key : selector.keys()) {
            if (key.isValid()
                    && key.channel() != previous
                    && key.attachment() instanceof Stranger stranger
                    && stranger.deadlineNanos() - System.nanoTime() <= 0) {
                silent.add((SocketChannel) key.channel());
            }
        }
        for (SocketChannel channel : silent) {
            refuse(
                    channel,
                    "it sent no greeting within "
                            + Duration.ofMillis(deadlines.hello().toMillis()));
        }
    }

    private void refuse(SocketChannel stranger, String objection) throws IOException {
        LOG.warn("Rank {} refused a connection from {}: {}.", place.rank(), stranger.getRemoteAddress(), objection);
        stranger.close();
    }

    private static void prepare(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    }

    private CollectiveException unreachable(Exception cause) {
        return new CollectiveException(
                Phase.CONNECT,
                List.of(place.ahead(1)),
                "Rank " + place.rank() + " cannot connect to rank " + place.ahead(1) + " at " + nextEndpoint.host()
                        + ":"
                        + nextEndpoint.port() + " (" + cause + "): it has died, or a firewall is between them; "
                        + "open a port range and name it.",
                cause);
    }

    private CollectiveException late() {
        List<Integer> ranks = new ArrayList<>();
        if (previous == null) {
            ranks.add(place.ahead(-1));
        }
        if (!answered && !ranks.contains(place.ahead(1))) {
            ranks.add(place.ahead(1));
        }
        return new CollectiveException(
                Phase.CONNECT,
                ranks,
                "Ranks " + ranks + " did not connect to rank " + place.rank() + " within " + deadlines.connect() + ".");
    }

    /** Hangs up on everybody. */
    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        next.close();
        selector.close();
    }
}
