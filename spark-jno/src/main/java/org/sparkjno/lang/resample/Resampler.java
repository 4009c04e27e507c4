// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.resample;

import java.io.Serializable;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.kernels.random.RandomStream;

/**
 * A rule for the points of a region after a while of training. The points that it gives have weights that sum to the measure of the
 * region; they are equal unless a rule says otherwise.
 */
public sealed interface Resampler extends Serializable permits Uniform, Rad, RarD, R3 {
    /** Of which points the rule needs the residuals. */
    enum Look {
        /** Of none. */
        NOWHERE,
        /** Of those that there are. */
        AT_PRESENT_POINTS,
        /** Of new ones. */
        AT_NEW_POINTS
    }

    /** Where the rule looks. */
    Look look();

    /** The most points that there will be, of which a compiled step can know; 0 for no bound, or as many as there are. */
    default int room() {
        return 0;
    }

    /** How many new points, spread as the region spreads them, it is given beside so many present ones. */
    int candidates(int present);

    /**
     * The next points.
     *
     * @param present those that there are
     * @param fresh as many new ones as there are {@link #candidates}
     * @param residuals their magnitudes where the rule looks
     * @param random decides
     */
    Points choose(Points present, Points fresh, double[] residuals, RandomStream random);
}
