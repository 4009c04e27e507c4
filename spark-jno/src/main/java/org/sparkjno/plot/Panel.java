// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.plot;

/**
 * A scalar field on a regular grid, with a title.
 *
 * @param title above the picture
 * @param rows points along the vertical axis; 1 for a field on a line
 * @param columns points along the horizontal axis
 * @param values row-major, first row at the bottom
 * @param error whether it shows errors, which have a scale of their own
 */
public record Panel(String title, int rows, int columns, float[] values, boolean error) {
    public Panel {
        if ((long) rows * columns != values.length) {
            throw new IllegalArgumentException("A panel of " + rows + " by " + columns
                    + " points needs as many values, " + "but '" + title + "' has " + values.length + ".");
        }
    }

    double min() {
        double min = Double.POSITIVE_INFINITY;
        for (float value : values) {
            min = Math.min(min, value);
        }
        return min;
    }

    double max() {
        double max = Double.NEGATIVE_INFINITY;
        for (float value : values) {
            max = Math.max(max, value);
        }
        return max;
    }
}
