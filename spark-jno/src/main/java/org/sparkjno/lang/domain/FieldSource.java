// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.lang.expression.Source;
import org.sparkjno.lang.expression.Space;

/**
 * Numbers at the points of a region: measurements, or one field per sample.
 *
 * @param name as people write it
 * @param samples of what; {@link Samples#NONE} for one field that all share
 * @param region whose points are fixed
 * @param components shape of the numbers of one point
 * @param numbers where they come from
 * @param isCoordinate whether expressions may be differentiated by it
 */
public record FieldSource(
        String name, Samples samples, Region region, Shape components, Numbers numbers, boolean isCoordinate)
        implements Source {
    /** Numbers that are no coordinate. */
    public FieldSource(String name, Samples samples, Region region, Shape components, Numbers numbers) {
        this(name, samples, region, components, numbers, false);
    }

    @Override
    public Space space() {
        Space space = samples.isNone() ? Space.along(region.axis()) : Space.along(samples.axis(), region.axis());
        return space.with(components);
    }
}
