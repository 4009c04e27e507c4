// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import org.sparkjno.datasets.mesh.PointPredicate;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.lang.expression.ExpressionException;

/**
 * The points of a cloud that have a property.
 *
 * @param all points to choose from
 * @param property of a point
 */
record ChosenPoints(Cloud all, PointPredicate property) implements Cloud {
    private static final long serialVersionUID = 1L;

    @Override
    public int dimensions() {
        return all.dimensions();
    }

    @Override
    public boolean isRandom() {
        return all.isRandom();
    }

    @Override
    public Points draw(long seed) {
        Points chosen = all.draw(seed).where(property);
        if (chosen.count() == 0) {
            throw new ExpressionException("None of the " + all.draw(seed).count()
                    + " points has the property that was asked for; take more points, or allow for rounding in it.");
        }
        return chosen;
    }
}
