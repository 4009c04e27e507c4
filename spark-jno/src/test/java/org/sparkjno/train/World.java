// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.train;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.sparkjno.kernels.collective.Alone;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.collective.Deadlines;
import org.sparkjno.kernels.collective.Endpoint;
import org.sparkjno.kernels.collective.Listener;
import org.sparkjno.kernels.collective.Membership;
import org.sparkjno.kernels.collective.PortRange;
import org.sparkjno.kernels.collective.Secret;

/** Replicas as threads of this JVM. */
public final class World {
    private World() {}

    /** What one replica does. */
    @FunctionalInterface
    public interface Replica<T> {
        /** The result of one replica. */
        T run(Collective world) throws Exception;
    }

    /** The results of all replicas, by rank. */
    public static <T> List<T> of(int size, Replica<T> replica) throws Exception {
        if (size == 1) {
            return List.of(replica.run(new Alone()));
        }
        Membership membership = new Membership("test", 0, Secret.random());
        List<Listener> listeners = new ArrayList<>();
        for (int rank = 0; rank < size; rank++) {
            listeners.add(Listener.open("localhost", PortRange.ANY, membership));
        }
        List<Endpoint> endpoints = listeners.stream().map(Listener::endpoint).toList();
        ExecutorService threads = Executors.newFixedThreadPool(size);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int rank = 0; rank < size; rank++) {
                int own = rank;
                futures.add(threads.submit(() -> {
                    try (Collective world = listeners.get(own).connect(endpoints, own, Deadlines.DEFAULT)) {
                        return replica.run(world);
                    }
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        } finally {
            threads.shutdownNow();
        }
    }
}
