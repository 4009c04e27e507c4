// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkjno.kernels.collective.Membership;
import org.sparkjno.kernels.collective.PortRange;

/** Where the driver hears how far the ranks of the present generation are, and why one failed. */
final class ReportDesk implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ReportDesk.class);
    private static final int HELLO_MILLIS = 10_000;
    private static final int ANSWER = 1;

    private final ServerSocket door;
    private final DeskAddress address;
    private final Consumer<Progress> audience;
    private final ExecutorService clerks;
    private final Set<Socket> lines = new HashSet<>();
    private final Map<Integer, Progress> latest = new TreeMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private Membership present;
    private int size;
    private long lastNews;

    private ReportDesk(ServerSocket door, String host, Consumer<Progress> audience) {
        this.door = door;
        this.address =
                new DeskAddress(host, door.getLocalPort(), UUID.randomUUID().toString());
        this.audience = audience;
        this.clerks = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "report-desk");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * @param host the driver, as executors reach it
     * @param bindAddress the driver's own name for that interface
     * @param audience hears every report, one at a time
     * @throws ClusterException if no port is free
     */
    static ReportDesk open(String host, String bindAddress, PortRange ports, Consumer<Progress> audience) {
        for (int port = ports.first(); port <= ports.last(); port++) {
            try {
                ServerSocket door = new ServerSocket();
                bind(door, new InetSocketAddress(bindAddress, port));
                ReportDesk desk = new ReportDesk(door, host, audience);
                desk.clerks.execute(desk::welcome);
                return desk;
            } catch (BindException e) {
                LOG.debug("Port {} is taken", port, e);
            } catch (IOException e) {
                throw new ClusterException(
                        "The driver cannot listen on " + bindAddress + ":" + port + " (" + e
                                + "): set spark.driver.bindAddress to one of its addresses.",
                        e);
            }
        }
        throw new ClusterException("The driver finds no free port in " + ports + " on " + bindAddress
                + ": widen the range, or take 0 for any port.");
    }

    private static void bind(ServerSocket door, InetSocketAddress at) throws IOException {
        try {
            door.bind(at);
        } catch (IOException e) {
            door.close();
            throw e;
        }
    }

    DeskAddress address() {
        return address;
    }

    /** From now on reports of this generation are heard, and no others. */
    synchronized void begin(Membership generation, int worldSize) {
        present = generation;
        size = worldSize;
        latest.clear();
        failures.clear();
        lastNews = System.nanoTime();
    }

    /** The failure that explains the others of this generation, if any rank had the time to tell. */
    synchronized Optional<Failure> cause() {
        return failures.stream().min(Comparator.comparing(Failure::kind));
    }

    /** How long ago a rank reported, or the generation began. */
    synchronized Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastNews);
    }

    /** The ranks furthest behind, in words. */
    synchronized String laggards() {
        long last = Long.MAX_VALUE;
        List<Integer> ranks = new ArrayList<>();
        for (int rank = 0; rank < size; rank++) {
            long step = latest.containsKey(rank) ? latest.get(rank).step() : -1;
            if (step < last) {
                last = step;
                ranks.clear();
            }
            if (step == last) {
                ranks.add(rank);
            }
        }
        return "ranks " + ranks + (last < 0 ? " never reported" : " stand furthest back, at step " + last);
    }

    private void welcome() {
        while (!door.isClosed()) {
            try {
                Socket line = door.accept();
                synchronized (this) {
                    lines.add(line);
                }
                clerks.execute(() -> listen(line));
            } catch (IOException e) {
                if (!door.isClosed()) {
                    LOG.warn("The driver failed to accept a report: {}", e.toString());
                }
            }
        }
    }

    private void listen(Socket line) {
        try (line) {
            line.setSoTimeout(HELLO_MILLIS);
            line.setTcpNoDelay(true);
            DataInputStream words = new DataInputStream(line.getInputStream());
            Membership generation;
            synchronized (this) {
                generation = present;
            }
            byte[] greeting = words.readNBytes(DeskAddress.GREETING);
            int rank = rank(greeting, generation);
            if (rank < 0) {
                LOG.warn("The driver refused reports from {}: not of {}.", line.getRemoteSocketAddress(), generation);
                return;
            }
            line.getOutputStream().write(ANSWER);
            line.setSoTimeout(0);
            for (int kind = words.read(); kind >= 0; kind = words.read()) {
                if (kind == ReportLine.FAILURE) {
                    Failure.Kind reason = Failure.Kind.values()[words.readInt()];
                    hear(generation, new Failure(rank, reason, words.readUTF()));
                    line.getOutputStream().write(ANSWER);
                } else {
                    hear(
                            generation,
                            new Progress(
                                    generation.generation(),
                                    rank,
                                    words.readLong(),
                                    words.readDouble(),
                                    words.readLong()));
                }
            }
        } catch (IOException e) {
            // A killed executor ends its line in this way; the failed stage is the news.
            LOG.debug("A line to the driver broke", e);
        } finally {
            synchronized (this) {
                lines.remove(line);
            }
        }
    }

    /** The rank that greets, or -1 if the greeting is not of this generation. */
    private int rank(byte[] greeting, Membership generation) {
        if (greeting.length < DeskAddress.GREETING || generation == null) {
            return -1;
        }
        int rank = ByteBuffer.wrap(greeting).getInt(Integer.BYTES);
        return MessageDigest.isEqual(greeting, address.greeting(generation, rank)) ? rank : -1;
    }

    private synchronized void hear(Membership from, Failure failure) {
        if (from.equals(present)) {
            failures.add(failure);
        }
    }

    private synchronized void hear(Membership from, Progress progress) {
        if (!from.equals(present)) {
            return;
        }
        latest.put(progress.rank(), progress);
        lastNews = System.nanoTime();
        try {
            audience.accept(progress);
        } catch (RuntimeException e) {
            LOG.warn("The listener to progress failed at {}", progress, e);
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            synchronized (this) {
                for (Socket line : lines) {
                    line.close();
                }
            }
        } catch (IOException e) {
            LOG.debug("Closing the driver's desk failed", e);
        }
        clerks.shutdownNow();
    }
}
