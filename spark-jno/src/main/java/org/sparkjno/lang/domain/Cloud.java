// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.io.Serializable;
import java.util.Optional;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.datasets.sample.RegularGrid;

/** Where the points of a region come from. Equal clouds draw equal points. */
public interface Cloud extends Serializable {
    /** Number of coordinates of a point. */
    int dimensions();

    /**
     * The points.
     *
     * @param seed decides them; of no effect where they are fixed
     */
    Points draw(long seed);

    /** Whether other seeds give other points. */
    boolean isRandom();

    /** How they lie to each other, if that is known: of what does, derivatives can be formed by differences of values. */
    default Optional<Arrangement> arrangement() {
        return Optional.empty();
    }

    /** The regular grid they lie on, the last coordinate fastest; empty if they do not. */
    default Optional<RegularGrid> grid() {
        return arrangement().flatMap(Arrangement::grid);
    }

    /** What fills the space between the points, at each time; none where nothing is known of it. */
    default Cells cells() {
        return Cells.NONE;
    }
}
