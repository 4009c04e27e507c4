// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

/** A map from the unit cube that stretches all parts of it alike, so that evenly spread points stay so. */
@FunctionalInterface
interface Chart {
    /**
     * Puts the image of a point.
     *
     * @param unit a point of the unit cube
     * @param row receives the coordinates of the image and, on a boundary, its outward unit normal after them
     * @return whether the image belongs to the region; what does not is drawn again
     */
    boolean place(double[] unit, double[] row);
}
