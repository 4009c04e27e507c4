// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

/** A task's way to tell the driver where it stands. Costs some microseconds; a driver that is gone is no error here. */
@FunctionalInterface
public interface ProgressReporter {

    /** See {@link Progress} for the meaning of the arguments. */
    void report(long step, double loss, long samples);
}
