// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.cluster;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Function1;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Tasks that all run at the same time, in a barrier stage: as many as there are slots, hence one in every slot. */
final class Together {
    private Together() {}

    /** Results of the tasks, by partition. */
    static <T> List<T> run(JavaSparkContext spark, int tasks, Task<T> task) {
        Step<Object, T> step = rows ->
                CollectionConverters.asScala(Collections.singleton(task.get()).iterator());
        ClassTag<T> tag = ClassTag$.MODULE$.apply(Object.class);
        JavaRDD<Object> rows =
                spark.parallelize(Collections.nCopies(tasks, 0), tasks).map(Object.class::cast);
        return new JavaRDD<>(rows.rdd().barrier().mapPartitions(step, false, tag), tag).collect();
    }

    /** What each task does; sent to the executors by Java serialisation. */
    @FunctionalInterface
    interface Task<T> extends Supplier<T>, Serializable {}

    /** A Scala function that survives serialisation. */
    @FunctionalInterface
    private interface Step<A, B>
            extends Function1<scala.collection.Iterator<A>, scala.collection.Iterator<B>>, Serializable {}
}
