// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.plot;

import java.util.Arrays;
import java.util.List;
import org.sparkjno.lang.problem.Field;

/** What can be drawn of a field. */
final class Sampled {
    private Sampled() {}

    /** Refuses fields of several samples or components. */
    static void requireScalars(Field field) {
        if (field.axes().size() != 1) {
            throw new IllegalArgumentException("What is drawn has one number at each of some points, but '"
                    + field.name() + "' has values along " + field.axes() + "; choose one by sample(i).");
        }
        if (field.components().size() != 1) {
            throw new IllegalArgumentException("What is drawn has one number at each point, but '" + field.name()
                    + "' has values of shape " + field.components() + "; choose one by component(i).");
        }
    }

    /** The coordinates in which the points of a field differ. */
    static List<String> varying(Field field) {
        return field.coordinates().stream()
                .filter(name -> Arrays.stream(field.coordinate(name)).distinct().count() > 1)
                .toList();
    }
}
