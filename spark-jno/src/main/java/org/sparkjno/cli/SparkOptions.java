// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.sparkjno.spark.Sessions;
import picocli.CommandLine.Option;

/** Options of commands that run on Spark. */
final class SparkOptions {
    @Option(
            names = "--tasks",
            paramLabel = "N",
            description = "Tasks that train; by default as many as Spark runs at once.")
    private int tasks;

    /** Runs something with a Spark session: that of spark-submit, or one of this process on all cores. */
    <T> T with(Action<T> action) throws Exception {
        SparkConf configuration = new SparkConf();
        Sessions.recommended().forEach(configuration::setIfMissing);
        configuration.setIfMissing("spark.master", "local[*]");
        configuration.setIfMissing("spark.app.name", "jno");
        boolean local = configuration.get("spark.master").startsWith("local[");
        if (local) {
            configuration.setIfMissing("spark.ui.enabled", "false");
            configuration.setIfMissing("spark.driver.host", "127.0.0.1");
            configuration.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
            configuration.setIfMissing("spark.sql.shuffle.partitions", "8");
        }
        SparkSession session = SparkSession.builder().config(configuration).getOrCreate();
        session.sparkContext().setLogLevel("ERROR");
        try {
            return action.run(session);
        } finally {
            session.stop();
        }
    }

    /** Whether somebody asked for Spark: by a number of tasks, or by starting this through spark-submit. */
    boolean isAsked() {
        return tasks > 0 || System.getProperty("spark.master") != null;
    }

    /** Number of tasks that train. */
    int tasks(SparkSession session) {
        return tasks > 0 ? tasks : session.sparkContext().defaultParallelism();
    }

    /** Something that needs a Spark session. */
    @FunctionalInterface
    interface Action<T> {
        T run(SparkSession session) throws Exception;
    }
}
