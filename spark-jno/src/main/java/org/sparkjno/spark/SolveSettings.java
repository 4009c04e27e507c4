// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import java.io.Serializable;
import org.sparkjno.amg.distributed.DistributedMatrix;
import org.sparkjno.amg.distributed.DistributedNullSpaces;
import org.sparkjno.amg.distributed.DistributedSettings;
import org.sparkjno.amg.nullspace.NullSpaces;

/**
 * What all tasks of a solve know of the system.
 *
 * @param tolerance of the true relative residual
 * @param blockSize unknowns per node; 0 to look for blocks
 * @param elastic whether nodes have coordinates, and coarse levels represent rigid motions
 * @param nullVectors number of declared null vectors
 */
record SolveSettings(double tolerance, int blockSize, boolean elastic, int nullVectors) implements Serializable {
    private static final double TOLERANCE = 1e-8;

    static SolveSettings standard() {
        return new SolveSettings(TOLERANCE, 0, false, 0);
    }

    /** For the rows of one task; made by all tasks together. */
    DistributedSettings of(DistributedMatrix matrix, SystemRows rows) {
        DistributedSettings settings =
                DistributedSettings.auto().tolerance(tolerance).blockSize(blockSize);
        if (elastic) {
            settings =
                    settings.nearNullSpace(DistributedNullSpaces.rigidBodyModes(matrix, rows.coordinates(), blockSize));
        }
        if (nullVectors > 0) {
            settings = settings.nullSpaces(
                    NullSpaces.symmetric(DistributedNullSpaces.spannedBy(matrix, rows.nullVectors())));
        }
        return settings;
    }
}
