// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

/**
 * A rectangle orthogonal to an axis.
 *
 * @param origin its corner with the smallest coordinates
 * @param extent lengths along all axes, 0 along its own
 * @param axis the axis of its normal
 * @param direction 1 or −1, the sign of its normal
 */
record Face(double[] origin, double[] extent, int axis, int direction, String tag) implements Surface {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean place(double[] unit, double[] row) {
        int next = 0;
        for (int k = 0; k < 3; k++) {
            row[k] = origin[k] + (k == axis ? 0 : unit[next++] * extent[k]);
            row[3 + k] = k == axis ? direction : 0;
        }
        return true;
    }

    @Override
    public double measure() {
        double[] lengths = extents();
        return lengths[0] * lengths[1];
    }

    @Override
    public double[] extents() {
        return switch (axis) {
            case 0 -> new double[] {extent[1], extent[2]};
            case 1 -> new double[] {extent[0], extent[2]};
            default -> new double[] {extent[0], extent[1]};
        };
    }

    @Override
    public double flux() {
        return direction * origin[axis] * measure();
    }

    @Override
    public Face flipped() {
        return new Face(origin, extent, axis, -direction, tag);
    }

    @Override
    public Face tagged(String name) {
        return new Face(origin, extent, axis, direction, name);
    }
}
