// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.cluster;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;

/** Counts the executors that came after the first ones; Spark numbers executors from 0 in the order of their start. */
final class Replacements extends SparkListener {
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(2);

    private final int first;
    private final Set<Integer> later = new TreeSet<>();

    Replacements(int first) {
        this.first = first;
    }

    @Override
    public synchronized void onExecutorAdded(SparkListenerExecutorAdded event) {
        int number = Integer.parseInt(event.executorId());
        if (number >= first) {
            later.add(number);
            notifyAll();
        }
    }

    synchronized void await(int count) {
        long deadline = System.nanoTime() + PATIENCE;
        while (later.size() < count) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new IllegalStateException("Spark replaced " + later.size() + " of " + count
                        + " lost executors in two minutes; target/spark-home/work holds their logs.");
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for executors", e);
            }
        }
    }
}
