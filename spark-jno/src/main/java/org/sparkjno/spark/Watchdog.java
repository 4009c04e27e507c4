// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Cancels a generation from which no news has come for too long, and remembers the ranks to blame. */
final class Watchdog implements AutoCloseable {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "generation-watchdog");
        thread.setDaemon(true);
        return thread;
    });
    private final ScheduledFuture<?> rounds;
    private volatile String barked;

    /** @param cancel stops the generation, given the reason */
    Watchdog(ReportDesk desk, Duration stall, Consumer<String> cancel) {
        long period = Math.max(1, Math.min(stall.toMillis() / 4, 5000));
        rounds = clock.scheduleWithFixedDelay(() -> look(desk, stall, cancel), period, period, TimeUnit.MILLISECONDS);
    }

    private void look(ReportDesk desk, Duration stall, Consumer<String> cancel) {
        if (barked == null && desk.silence().compareTo(stall) > 0) {
            barked = "no rank reported progress for " + stall + "; " + desk.laggards();
            cancel.accept(barked);
        }
    }

    /** Why the generation was cancelled, if it was. */
    Optional<String> reason() {
        return Optional.ofNullable(barked);
    }

    @Override
    public void close() {
        rounds.cancel(true);
        clock.shutdownNow();
    }
}
