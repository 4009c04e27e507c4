// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.sparkjno.kernels.collective.CollectiveException;

/** Communication in the background of computation. */
final class Overlap {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "sparkjno-halo");
        thread.setDaemon(true);
        return thread;
    });

    private Overlap() {}

    /**
     * Runs both and returns when both are done. An interrupt of the caller interrupts the exchange, which ends the world.
     *
     * @param apart whether the exchange gets a thread of its own
     */
    static double[] during(boolean apart, Supplier<double[]> exchange, Runnable computation) {
        if (!apart) {
            double[] received = exchange.get();
            computation.run();
            return received;
        }
        Future<double[]> received = THREADS.submit(exchange::get);
        boolean finished = false;
        try {
            computation.run();
            finished = true;
            return received.get();
        } catch (InterruptedException e) {
            received.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the halo was exchanged.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CollectiveException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            if (!finished) {
                received.cancel(true);
            }
        }
    }
}
