// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** What training asks of a Spark session. */
public final class Sessions {

    private Sessions() {}

    /**
     * The context behind a session.
     *
     * @throws ClusterException if the session is a Spark Connect one, which has none
     */
    public static JavaSparkContext contextOf(SparkSession session) {
        try {
            return new JavaSparkContext(session.sparkContext());
        } catch (UnsupportedOperationException e) {
            throw new ClusterException(
                    "This session is a Spark Connect one, which cannot run barrier stages: use a classic session "
                            + "(on Databricks a cluster in Dedicated access mode, neither standard nor serverless).",
                    e);
        }
    }

    /**
     * Settings worth having in the configuration of a session that trains: a bound on the rendezvous, killed tasks that really
     * end, and no compression of broadcast floats.
     */
    public static Map<String, String> recommended() {
        return new TreeMap<>(Map.of(
                "spark.barrier.sync.timeout", "600",
                "spark.task.reaper.enabled", "true",
                "spark.task.reaper.killTimeout", "120s",
                "spark.broadcast.compress", "false",
                "spark.ui.showConsoleProgress", "false"));
    }
}
