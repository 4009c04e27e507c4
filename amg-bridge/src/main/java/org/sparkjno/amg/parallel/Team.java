// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.parallel;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Threads that share the rows of a loop. The rows are cut in the same places for the same number of threads, so what is
 * computed depends on that number at most, never on timing. Teams are immutable and shared; the threads behind them are
 * daemons that end when idle.
 */
public final class Team {
    /** Loops of fewer elements than this are not worth waking anyone for. */
    private static final int WORTHWHILE = 4096;

    private static final Team SERIAL = new Team(1);
    private static final AtomicInteger NAMES = new AtomicInteger();

    private static final ExecutorService THREADS =
            new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "sparkjno-amg-" + NAMES.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });

    private final int size;

    private Team(int size) {
        this.size = size;
    }

    /** The caller alone. */
    public static Team serial() {
        return SERIAL;
    }

    /**
     * The caller and {@code threads - 1} others.
     *
     * @throws IllegalArgumentException if {@code threads} is not positive
     */
    public static Team of(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("A team needs at least one thread, but " + threads + " were asked for.");
        }
        return threads == 1 ? SERIAL : new Team(threads);
    }

    /** Number of threads, the caller among them. */
    public int size() {
        return size;
    }

    /** A part of a loop. */
    @FunctionalInterface
    public interface Rows {
        /** Does elements {@code from} to {@code to - 1}. */
        void run(int from, int to);
    }

    /** One of several independent tasks. */
    @FunctionalInterface
    public interface Task {
        void run(int index);
    }

    /** Where part {@code part} of {@code parts} of n elements begins. */
    public static int cut(int n, int parts, int part) {
        return (int) ((long) n * part / parts);
    }

    /** Runs a loop over n elements in {@link #size()} consecutive parts, or as one part if it is short. */
    public void forRows(int n, Rows rows) {
        if (size == 1 || n < WORTHWHILE) {
            rows.run(0, n);
            return;
        }
        forTasks(size, part -> rows.run(cut(n, size, part), cut(n, size, part + 1)));
    }

    /**
     * Runs {@code count} independent tasks, of which each thread takes the next when it is done with one.
     *
     * @throws RuntimeException the first that a task throws, after all have ended
     */
    public void forTasks(int count, Task task) {
        if (size == 1 || count < 2) {
            for (int i = 0; i < count; i++) {
                task.run(i);
            }
            return;
        }
        AtomicInteger next = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Runnable worker = () -> {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                try {
                    task.run(i);
                } catch (RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                }
            }
        };
        int others = Math.min(size, count) - 1;
        CountDownLatch done = new CountDownLatch(others);
        for (int t = 0; t < others; t++) {
            THREADS.execute(() -> {
                worker.run();
                done.countDown();
            });
        }
        worker.run();
        await(done);
        Throwable thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** Waits for the others whatever comes, since they write to the caller's arrays. */
    private static void await(CountDownLatch done) {
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return size == 1 ? "one thread" : size + " threads";
    }
}
