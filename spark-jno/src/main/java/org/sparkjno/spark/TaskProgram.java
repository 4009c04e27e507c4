// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import java.io.Serializable;
import java.util.Iterator;

/**
 * What every task of a generation does. Sent to the executors by Java serialisation, so it should carry little.
 *
 * @param <R> type of the rows
 * @param <T> type of the result, serialisable and small: it passes through the driver
 */
@FunctionalInterface
public interface TaskProgram<R, T> extends Serializable {

    /**
     * Runs in a task; all tasks make the same collective calls.
     *
     * @param rows the rows of the task's partition
     * @throws FatalRunException if a restart would fail in the same way
     * @throws Exception for any other failure, which the next generation may survive
     */
    T run(TaskSeat seat, Iterator<R> rows) throws Exception;
}
