// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.collective.Deadlines;
import org.sparkjno.kernels.collective.Endpoint;
import org.sparkjno.kernels.collective.Listener;
import org.sparkjno.kernels.collective.Membership;
import org.sparkjno.kernels.collective.PortRange;
import org.sparkjno.kernels.collective.Secret;

/** The ranks of a world as threads of the test. */
final class Ranks {
    private static final Deadlines PATIENT =
            new Deadlines(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(60));

    private Ranks() {}

    /** What each rank makes of the work, by rank; the first exception of a rank is thrown. */
    static <T> List<T> run(int size, Function<Collective, T> work) {
        ExecutorService threads = Executors.newFixedThreadPool(size);
        try {
            Membership membership = new Membership("test", 0, Secret.random());
            List<Listener> listeners = new ArrayList<>();
            for (int rank = 0; rank < size; rank++) {
                listeners.add(Listener.open("127.0.0.1", PortRange.ANY, membership));
            }
            List<Endpoint> endpoints =
                    listeners.stream().map(Listener::endpoint).toList();
            List<Future<T>> results = new ArrayList<>();
            for (int rank = 0; rank < size; rank++) {
                int own = rank;
                results.add(threads.submit(() -> {
                    try (Collective world = listeners.get(own).connect(endpoints, own, PATIENT)) {
                        T result = work.apply(world);
                        world.barrier();
                        return result;
                    }
                }));
            }
            List<T> all = new ArrayList<>();
            for (Future<T> result : results) {
                all.add(result.get());
            }
            return all;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
