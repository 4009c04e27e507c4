// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.sample;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One sample: named fields on a grid, and named scalar parameters.
 *
 * @param seed what the sample was made from; names it in messages
 * @param grid where the fields live
 * @param fields at least one, names distinct, each with the shape of a regular grid
 * @param parameters scalars by name, for example the viscosity
 */
public record PdeSample(long seed, Grid grid, List<Field> fields, Map<String, Double> parameters)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * Checks the sample.
     *
     * @throws IllegalArgumentException if a field does not fit the grid, a name occurs twice or a value is not finite;
     *     the message names sample, field and position
     */
    public PdeSample {
        fields = List.copyOf(fields);
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("Sample " + seed + " has no fields.");
        }
        if (fields.stream().map(Field::name).distinct().count() != fields.size()) {
            throw new IllegalArgumentException("Sample " + seed + " has two fields of one name among " + fields + ".");
        }
        for (Field field : fields) {
            check(seed, grid, field);
        }
    }

    private static void check(long seed, Grid grid, Field field) {
        if (grid instanceof RegularGrid regular && !Arrays.equals(regular.shape(), field.shape())) {
            throw new IllegalArgumentException("Sample " + seed + ": field " + field + " does not fit a grid of "
                    + Arrays.toString(regular.shape()) + " points.");
        }
        double[] data = field.data();
        for (int i = 0; i < data.length; i++) {
            if (!Double.isFinite(data[i])) {
                throw new IllegalArgumentException("Sample " + seed + ": field '" + field.name() + "' is " + data[i]
                        + " at position " + Arrays.toString(position(i, field.shape()))
                        + "; repair or remove the sample.");
            }
        }
    }

    private static int[] position(int index, int[] shape) {
        int[] position = new int[shape.length];
        int rest = index;
        for (int d = shape.length - 1; d >= 0; d--) {
            position[d] = rest % shape[d];
            rest /= shape[d];
        }
        return position;
    }

    /**
     * The field of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Field field(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Sample " + seed + " has no field '" + name + "'; it has " + fields + "."));
    }
}
