// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import java.time.Duration;
import org.apache.spark.SparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.resource.ResourceProfile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts task slots before a barrier stage is submitted: Spark itself would look for ten minutes without a word, and refuse
 * dynamic allocation by a stack trace.
 */
final class Slots {
    private static final Logger LOG = LoggerFactory.getLogger(Slots.class);
    private static final long POLL_MILLIS = 200;

    private Slots() {}

    /** @throws ClusterException if executors may come and go, or local mode is asked for devices, which it has not */
    static void requireFixedCluster(SparkContext context) {
        if (context.conf().getBoolean("spark.dynamicAllocation.enabled", false)) {
            throw new ClusterException(
                    "A barrier stage needs a fixed set of executors, but dynamic allocation is on: set "
                            + "spark.dynamicAllocation.enabled=false and spark.executor.instances to a number.");
        }
        if (context.isLocal() && context.conf().contains("spark.task.resource.gpu.amount")) {
            throw new ClusterException(
                    "Spark's local mode has no GPU resources, but spark.task.resource.gpu.amount is set:"
                            + " unset it, or use a cluster master.");
        }
    }

    /**
     * Returns when a world of that size fits. In local mode the number of slots never changes, so there it fails at once.
     *
     * @throws ClusterException if it does not fit after the grace
     */
    static void await(RDD<?> rows, int size, Duration grace) throws InterruptedException {
        SparkContext context = rows.context();
        ResourceProfile own = rows.getResourceProfile();
        ResourceProfile profile = own == null ? context.resourceProfileManager().defaultResourceProfile() : own;
        long end = System.nanoTime() + (context.isLocal() ? 0 : grace.toNanos());
        int slots = context.maxNumConcurrentTasks(profile);
        if (slots < size && !context.isLocal()) {
            LOG.info("Waiting up to {} for {} task slots; the executors here have {}.", grace, size, slots);
        }
        while (slots < size) {
            if (System.nanoTime() - end >= 0) {
                throw tooFew(context, size, slots, grace);
            }
            Thread.sleep(POLL_MILLIS);
            slots = context.maxNumConcurrentTasks(profile);
        }
    }

    private static ClusterException tooFew(SparkContext context, int size, int slots, Duration grace) {
        String cpus = context.conf().get("spark.task.cpus", "1");
        String where = context.isLocal()
                ? "master " + context.master() + " has " + slots + ": use local[" + size + "]"
                : "the executors that came within " + grace + " have " + slots + ": add executors or cores";
        return new ClusterException("A run of " + size + " tasks needs " + size + " task slots at once (of " + cpus
                + " cores each, spark.task.cpus), but " + where + ", or take fewer tasks.");
    }
}
