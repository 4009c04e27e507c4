// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.sparkjno.kernels.collective.CollectiveException.Phase;

/**
 * Where the threads of an in-process world wait for each other, over and over. Unlike a {@link
 * java.util.concurrent.CyclicBarrier} it knows who is missing, and once broken it stays so.
 */
final class Gate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    private final Passage[] waiting;
    private int arrived;
    private long round;
    private CollectiveException broken;

    /** What a rank says when it arrives: all must say the same. */
    record Passage(Phase phase, long bytes) {}

    Gate(int size) {
        this.waiting = new Passage[size];
    }

    /** Returns when all ranks have arrived; breaks the gate for all of them otherwise. */
    void pass(int rank, Passage passage, long deadlineNanos) {
        lock.lock();
        try {
            if (broken != null) {
                throw renewed(passage.phase());
            }
            if (waiting[rank] != null) {
                throw new IllegalStateException("Rank " + rank + " makes two collective calls at once.");
            }
            waiting[rank] = passage;
            if (++arrived == waiting.length) {
                open(passage.phase());
                return;
            }
            long mine = round;
            while (round == mine && broken == null) {
                long left = deadlineNanos - System.nanoTime();
                if (left <= 0) {
                    throw breakWith(missing(passage.phase()));
                }
                opened.await(left, TimeUnit.NANOSECONDS);
            }
            if (round == mine) {
                throw renewed(passage.phase());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw breakWith(new CollectiveException(
                    passage.phase(),
                    List.of(rank),
                    "Rank " + rank + " was interrupted in " + passage.phase() + ".",
                    e));
        } finally {
            lock.unlock();
        }
    }

    /** Rank {@code rank} will not come again. */
    void leave(int rank) {
        lock.lock();
        try {
            if (broken == null) {
                breakWith(new CollectiveException(Phase.CONNECT, List.of(rank), "Rank " + rank + " left the world."));
            }
        } finally {
            lock.unlock();
        }
    }

    private void open(Phase phase) {
        for (int rank = 1; rank < waiting.length; rank++) {
            if (!waiting[rank].equals(waiting[0])) {
                throw breakWith(new CollectiveException(
                        phase,
                        List.of(0, rank),
                        "Rank 0 calls " + waiting[0] + " and rank " + rank + " calls " + waiting[rank]
                                + ": all ranks must make the same calls in the same order."));
            }
        }
        Arrays.fill(waiting, null);
        arrived = 0;
        round++;
        opened.signalAll();
    }

    private CollectiveException missing(Phase phase) {
        List<Integer> ranks = new ArrayList<>();
        for (int rank = 0; rank < waiting.length; rank++) {
            if (waiting[rank] == null) {
                ranks.add(rank);
            }
        }
        return new CollectiveException(
                phase, ranks, "Ranks " + ranks + " did not come to " + phase + " before the deadline.");
    }

    private CollectiveException breakWith(CollectiveException cause) {
        broken = cause;
        opened.signalAll();
        return cause;
    }

    /** The same news with the stack of the thread that hears it. */
    private CollectiveException renewed(Phase phase) {
        return new CollectiveException(phase, broken.ranks(), broken.getMessage(), broken);
    }
}
