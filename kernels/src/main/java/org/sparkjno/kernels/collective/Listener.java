// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.sparkjno.kernels.collective.CollectiveException.Phase;

/**
 * One rank before the world exists: it listens, so that its {@link #endpoint()} can be told to the others by whatever means,
 * and then connects. Closing it gives the port back; a connected world keeps its connections.
 */
public final class Listener implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ServerSocketChannel door;
    private final Membership membership;
    private final Endpoint endpoint;

    private Listener(ServerSocketChannel door, Membership membership, Endpoint endpoint) {
        this.door = door;
        this.membership = membership;
        this.endpoint = endpoint;
    }

    /**
     * Binds the first free port of a range.
     *
     * @param host this machine's name or address, as the other ranks reach it
     * @throws CollectiveException if no port of the range is free, or the host is not this machine
     */
    public static Listener open(String host, PortRange ports, Membership membership) {
        return open(host, ports, membership, Meeting.PROCESS);
    }

    static Listener open(String host, PortRange ports, Membership membership, String process) {
        for (int port = ports.first(); port <= ports.last(); port++) {
            ServerSocketChannel door = bind(host, port);
            if (door != null) {
                byte[] nonce = new byte[16];
                RANDOM.nextBytes(nonce);
                int bound = door.socket().getLocalPort();
                return new Listener(
                        door,
                        membership,
                        new Endpoint(
                                Endpoint.VERSION,
                                host,
                                bound,
                                membership.job(),
                                membership.generation(),
                                HexFormat.of().formatHex(nonce),
                                process));
            }
        }
        throw new CollectiveException(
                Phase.LISTEN,
                List.of(),
                "No port in " + ports + " on " + host + " is free: widen the range, or take 0 for any port.");
    }

    /** Null if the port is taken. */
    private static ServerSocketChannel bind(String host, int port) {
        ServerSocketChannel door = null;
        try {
            door = ServerSocketChannel.open();
            return door.bind(new InetSocketAddress(host, port));
        } catch (IOException | UnresolvedAddressException e) {
            closeQuietly(door);
            boolean taken =
                    e instanceof BindException && port != 0 && !e.getMessage().contains("assign");
            if (taken) {
                return null;
            }
            throw new CollectiveException(
                    Phase.LISTEN,
                    List.of(),
                    "Cannot listen on " + host + ":" + port + " (" + e.getMessage()
                            + "): the host must be a name or address of this machine.",
                    e);
        }
    }

    private static void closeQuietly(ServerSocketChannel door) {
        if (door != null) {
            try {
                door.close();
            } catch (IOException e) {
                // It never carried anything.
                assert e != null;
            }
        }
    }

    /** Where this rank listens: to be told to all ranks. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /**
     * Meets the other ranks: in shared memory if all live in this JVM, else in a ring of connections. Closes this listener.
     *
     * @param endpoints of all ranks, by rank
     * @param rank this rank
     * @throws IllegalArgumentException if the endpoints are not those of this job and generation
     * @throws CollectiveException if a rank is missing after the deadline, or refuses
     */
    public Collective connect(List<Endpoint> endpoints, int rank, Deadlines deadlines) {
        try (Listener ending = this) {
            Place place = new Place(rank, endpoints.size());
            ending.check(endpoints, rank);
            if (place.size() == 1) {
                return new Alone();
            }
            if (endpoints.stream().allMatch(other -> other.process().equals(endpoint.process()))) {
                return Meeting.join(endpoints, place, membership, deadlines);
            }
            return ring(endpoints, place, deadlines);
        }
    }

    private Ring ring(List<Endpoint> endpoints, Place place, Deadlines deadlines) {
        try {
            Handshake handshake = new Handshake(door, endpoints, place, membership, deadlines);
            boolean connected = false;
            try {
                Neighbours neighbours = handshake.run();
                connected = true;
                return new Ring(place, neighbours, deadlines.collective());
            } finally {
                if (!connected) {
                    handshake.close();
                }
            }
        } catch (IOException e) {
            throw new CollectiveException(
                    Phase.CONNECT, List.of(place.rank()), "Rank " + place.rank() + " failed to connect: " + e, e);
        }
    }

    private void check(List<Endpoint> endpoints, int rank) {
        if (!endpoints.get(rank).equals(endpoint)) {
            throw new IllegalArgumentException(
                    "Endpoint " + rank + " is not the one of this listener: list them by rank.");
        }
        for (Endpoint other : endpoints) {
            if (!other.job().equals(membership.job()) || other.generation() != membership.generation()) {
                throw new IllegalArgumentException("Endpoint '" + other.format() + "' is not of " + membership + ".");
            }
        }
    }

    /** Gives the port back. */
    @Override
    public void close() {
        closeQuietly(door);
    }
}
