// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A world of threads over loopback, for tests: connects all ranks and runs the same work on each. */
final class Crowd implements AutoCloseable {
    static final Deadlines PATIENT =
            new Deadlines(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(30));

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Collective> members = new ArrayList<>();

    /** How the ranks reach each other. */
    enum Medium {
        MEMORY,
        SOCKETS
    }

    interface Work<T> {
        T run(Collective collective) throws Exception;
    }

    Crowd(Medium medium, int size, Deadlines deadlines) {
        Membership membership = new Membership("test", 0, Secret.random());
        List<Listener> listeners = new ArrayList<>();
        for (int rank = 0; rank < size; rank++) {
            String process = medium == Medium.MEMORY ? "one" : "process-" + rank;
            listeners.add(Listener.open("127.0.0.1", PortRange.ANY, membership, process));
        }
        List<Endpoint> endpoints = listeners.stream()
                .map(listener -> Endpoint.parse(listener.endpoint().format()))
                .toList();
        List<Future<Collective>> joining = new ArrayList<>();
        for (int rank = 0; rank < size; rank++) {
            int own = rank;
            joining.add(threads.submit(() -> listeners.get(own).connect(endpoints, own, deadlines)));
        }
        joining.forEach(future -> members.add(result(future)));
    }

    Collective member(int rank) {
        return members.get(rank);
    }

    /** Runs the work on one rank in a thread of its own. */
    <T> Future<T> start(int rank, Work<T> work) {
        return threads.submit(() -> work.run(members.get(rank)));
    }

    /** Runs the same work on all ranks; results by rank. */
    <T> List<T> all(Work<T> work) {
        List<Future<T>> futures = new ArrayList<>();
        for (int rank = 0; rank < members.size(); rank++) {
            futures.add(start(rank, work));
        }
        return futures.stream().map(Crowd::result).toList();
    }

    static <T> T result(Future<T> future) {
        try {
            return future.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        members.forEach(Collective::close);
        threads.shutdownNow();
    }
}
