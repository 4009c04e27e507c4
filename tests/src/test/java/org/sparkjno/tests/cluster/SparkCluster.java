// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A JUnit extension that runs the tests of one class on Spark's {@code local-cluster}: a master and workers inside the
 * test's JVM, every executor a JVM of its own, real sockets between them, real loss when one is killed.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final SparkCluster CLUSTER = SparkCluster.of(2, 1, 1024);
 * }</pre>
 *
 * <p>Executors run what the test runs: their class path is this JVM's. Spark's launcher wants a Spark home with a folder
 * of jars, which may be empty; the build names one by the environment variables {@value #HOME} and {@value #SCALA}.
 */
public final class SparkCluster implements BeforeAllCallback, AfterAllCallback {
    private static final String HOME = "SPARK_HOME";
    private static final String SCALA = "SPARK_SCALA_VERSION";

    private final int executors;
    private final Map<String, String> settings;
    private SparkSession session;
    private Replacements replacements;

    private SparkCluster(int executors, Map<String, String> settings) {
        this.executors = executors;
        this.settings = settings;
    }

    /**
     * A cluster, started before the first test of a class and stopped after its last.
     *
     * @param executors number of executors, one per worker
     * @param cores task slots of each
     * @param megabytes heap of each
     */
    public static SparkCluster of(int executors, int cores, int megabytes) {
        Map<String, String> settings = new HashMap<>();
        settings.put("spark.master", "local-cluster[" + executors + "," + cores + "," + megabytes + "]");
        settings.put("spark.app.name", "tests");
        settings.put("spark.ui.enabled", "false");
        settings.put("spark.executor.memory", megabytes + "m");
        settings.put("spark.sql.shuffle.partitions", "2");
        // The context is ready when all executors are.
        settings.put("spark.cores.max", String.valueOf(executors * cores));
        settings.put("spark.scheduler.minRegisteredResourcesRatio", "1.0");
        settings.put("spark.scheduler.maxRegisteredResourcesWaitingTime", "120s");
        return new SparkCluster(executors, settings);
    }

    /** The same cluster with one more Spark setting. */
    public SparkCluster with(String key, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(key, value);
        return new SparkCluster(executors, more);
    }

    /** The session on this cluster; belongs to the extension, do not stop it. */
    public SparkSession session() {
        return session;
    }

    /** The context on this cluster; belongs to the extension, do not stop it. */
    public JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(session.sparkContext());
    }

    /** The processes of the executors that are alive, one per executor while each has one task slot. */
    public List<ProcessHandle> executorProcesses() {
        return Together.run(context(), executors, () -> ProcessHandle.current().pid()).stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .toList();
    }

    /**
     * Waits until Spark has replaced so many lost executors.
     *
     * @throws IllegalStateException after two minutes
     */
    public void awaitReplacements(int lost) {
        replacements.await(lost);
    }

    @Override
    public void beforeAll(ExtensionContext test) throws IOException {
        Files.createDirectories(Path.of(environment(HOME), "jars"));
        environment(SCALA);
        SparkSession.Builder builder =
                SparkSession.builder().config("spark.executor.extraClassPath", System.getProperty("java.class.path"));
        settings.forEach(builder::config);
        session = builder.getOrCreate();
        replacements = new Replacements(executors);
        session.sparkContext().addSparkListener(replacements);
    }

    @Override
    public void afterAll(ExtensionContext test) {
        if (session != null) {
            session.stop();
        }
    }

    private static String environment(String variable) {
        String value = System.getenv(variable);
        if (value == null) {
            throw new IllegalStateException("Executors cannot start without the environment variable " + variable
                    + "; run the test by Maven, or set it as tests/pom.xml does.");
        }
        return value;
    }
}
