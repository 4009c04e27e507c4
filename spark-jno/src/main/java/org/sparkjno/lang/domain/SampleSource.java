// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.lang.expression.Source;
import org.sparkjno.lang.expression.Space;

/**
 * Numbers that differ from sample to sample: a parameter, or a function at its sensors.
 *
 * @param name as people write it
 * @param samples of what
 * @param components shape of the numbers of one sample
 * @param numbers where they come from
 */
public record SampleSource(String name, Samples samples, Shape components, Numbers numbers) implements Source {
    @Override
    public Space space() {
        return Space.along(samples.axis()).with(components);
    }
}
