// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import org.sparkjno.checkpoint.FileSettings;
import org.sparkjno.kernels.collective.Alone;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.device.Device;

/**
 * Where a task trains.
 *
 * @param device which computes; its collectives join the world
 * @param world of all tasks, which make the same calls
 * @param files settings of the file systems on which checkpoints lie
 */
public record Station(Device device, Collective world, FileSettings files) {
    /** A task without others, with Hadoop's settings of this machine. */
    static Station alone(Device device) {
        return new Station(device, new Alone(), FileSettings.ofMachine());
    }
}
