// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.List;
import java.util.Optional;
import org.sparkjno.amg.hierarchy.NearNullSpace;
import org.sparkjno.amg.nullspace.NullSpace;
import org.sparkjno.amg.parallel.Team;

/** Vectors that matrices map to zero, or nearly so, where rows are divided over ranks. */
public final class DistributedNullSpaces {
    private DistributedNullSpaces() {}

    /** The constants. */
    public static NullSpace constants(DistributedMatrix matrix) {
        return NullSpace.constants(matrix.own().rows());
    }

    /**
     * The span of given vectors, which are made orthonormal; made by all ranks together.
     *
     * @param vectors this rank's components of each
     * @throws IllegalArgumentException on all ranks if a vector of one has a wrong length, or a vector is zero or not finite
     */
    public static NullSpace spannedBy(DistributedMatrix matrix, List<double[]> vectors) {
        int rows = matrix.own().rows();
        int most = (int) Sums.largest(matrix.world(), vectors.size());
        String objection = vectors.size() == most
                ? ""
                : "There are " + vectors.size() + " null vectors here, but " + most + " on another rank.";
        for (int k = 0; k < vectors.size() && objection.isEmpty(); k++) {
            if (vectors.get(k).length != rows) {
                objection = "Null vector " + k + " has " + vectors.get(k).length + " components, but this rank has "
                        + rows + " rows.";
            }
        }
        Agreement.on(matrix.world(), objection);
        DividedSystem system = new DividedSystem(matrix, Optional.empty(), Team.serial());
        return NullSpace.spannedBy(system.space(1), vectors);
    }

    /**
     * The rigid motions of an elastic body whose nodes are divided over ranks, for coarse levels to represent: see {@link
     * NearNullSpace#rigidBodyModes(double[], int)}; made by all ranks together.
     *
     * @param coordinates (nodes x dimensions) of this rank's nodes, row after row
     * @param dimensions 2 or 3
     * @throws IllegalArgumentException on all ranks if one has another number of coordinates than its rows call for, or there
     *     are neither 2 nor 3 dimensions
     */
    public static NearNullSpace rigidBodyModes(DistributedMatrix matrix, double[] coordinates, int dimensions) {
        int rows = matrix.own().rows();
        Agreement.on(
                matrix.world(),
                dimensions == 2 || dimensions == 3
                        ? coordinates.length == rows
                                ? ""
                                : "There are " + coordinates.length + " coordinates, but this rank has " + rows
                                        + " rows, one for each."
                        : "Rigid body modes exist for 2 or 3 dimensions, but there are " + dimensions + ".");
        double[] middle = new double[dimensions];
        for (int k = 0; k < coordinates.length; k++) {
            middle[k % dimensions] +=
                    coordinates[k] * dimensions / matrix.rows().rows();
        }
        return NearNullSpace.rigidBodyModes(coordinates, Sums.of(matrix.world(), middle));
    }
}
