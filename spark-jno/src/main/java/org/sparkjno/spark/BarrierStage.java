// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.collective.Endpoint;
import org.sparkjno.kernels.collective.Listener;
import org.sparkjno.kernels.collective.Membership;
import scala.Function1;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * One generation: a barrier stage whose tasks run together, find each other by one {@code allGather} of Spark (which takes a
 * second, always) and from then on talk directly. It ends in a plain {@code collect}, because Spark never retries such a
 * stage, and any other kind blindly.
 *
 * @param settings of the run
 * @param membership what its tasks prove to each other
 * @param desk where its tasks report
 * @param program what its tasks do
 * @param <R> type of the rows
 * @param <T> type of a task's result
 */
record BarrierStage<R, T>(
        GenerationSettings settings, Membership membership, DeskAddress desk, TaskProgram<R, T> program)
        implements Serializable {

    /** A Scala function that survives serialisation; Spark has no barrier stage in its Java interface. */
    @FunctionalInterface
    private interface Step<A, B> extends Function1<A, B>, Serializable {}

    /** Runs the stage, one task per partition; results by rank. */
    List<T> collect(JavaRDD<R> rows) {
        Step<scala.collection.Iterator<R>, scala.collection.Iterator<T>> step =
                partition -> CollectionConverters.asScala(
                        List.of(runTask(CollectionConverters.asJava(partition))).iterator());
        ClassTag<T> tag = ClassTag$.MODULE$.apply(Object.class);
        return new JavaRDD<>(rows.rdd().barrier().mapPartitions(step, false, tag), tag).collect();
    }

    private T runTask(Iterator<R> rows) {
        BarrierTaskContext context = BarrierTaskContext.get();
        int rank = context.partitionId();
        try (ReportLine line = ReportLine.open(desk, membership, rank);
                Collective collective = meet(context, line)) {
            try {
                return program.run(
                        new TaskSeat(
                                rank, collective.size(), membership.generation(), collective, context.cpus(), line),
                        rows);
            } catch (Exception | Error e) {
                // Before the collective closes, so that the driver hears the cause before its consequences.
                throw reported(context, line, e);
            }
        }
    }

    private Collective meet(BarrierTaskContext context, ReportLine line) {
        String host = SparkEnv.get().blockManager().blockManagerId().host();
        try (Listener listener = Listener.open(host, settings.ports(), membership)) {
            String[] endpoints = context.allGather(listener.endpoint().format());
            return listener.connect(
                    Arrays.stream(endpoints).map(Endpoint::parse).toList(),
                    context.partitionId(),
                    settings.deadlines());
        } catch (RuntimeException e) {
            throw reported(context, line, e);
        }
    }

    /** A task that Spark kills has nothing of its own to say. */
    private static RuntimeException reported(BarrierTaskContext context, ReportLine line, Throwable error) {
        if (!context.isInterrupted() && !Thread.currentThread().isInterrupted()) {
            line.fail(Failure.of(context.partitionId(), error));
        }
        if (error instanceof Error fatal) {
            throw fatal;
        }
        return error instanceof RuntimeException same ? same : new TaskFailedException(error);
    }
}
