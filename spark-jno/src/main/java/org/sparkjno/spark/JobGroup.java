// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import org.apache.spark.api.java.JavaSparkContext;

/** A Spark job group of this thread, so that its jobs can be cancelled together; closing it restores the group before. */
final class JobGroup implements AutoCloseable {
    private static final String[] PROPERTIES = {
        "spark.jobGroup.id", "spark.job.description", "spark.job.interruptOnCancel"
    };

    private final JavaSparkContext spark;
    private final String id;
    private final String[] before = new String[PROPERTIES.length];

    JobGroup(JavaSparkContext spark, String id, String description) {
        this.spark = spark;
        this.id = id;
        for (int i = 0; i < PROPERTIES.length; i++) {
            before[i] = spark.getLocalProperty(PROPERTIES[i]);
        }
        // Interrupt the tasks' threads on cancel: without it a task that waits for a peer keeps its slot.
        spark.setJobGroup(id, description, true);
    }

    void cancel(String reason) {
        spark.sc().cancelJobGroup(id, reason);
    }

    @Override
    public void close() {
        for (int i = 0; i < PROPERTIES.length; i++) {
            spark.setLocalProperty(PROPERTIES[i], before[i]);
        }
    }
}
