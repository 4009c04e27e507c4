// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

/**
 * The curved side of a cylinder along the third axis.
 *
 * @param base centre of its lower end
 * @param direction 1 for normals away from the axis, −1 towards it
 */
record Mantle(double[] base, double radius, double height, int direction, String tag) implements Surface {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean place(double[] unit, double[] row) {
        double angle = 2 * Math.PI * unit[0];
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        row[0] = base[0] + radius * cos;
        row[1] = base[1] + radius * sin;
        row[2] = base[2] + unit[1] * height;
        row[3] = direction * cos;
        row[4] = direction * sin;
        row[5] = 0;
        return true;
    }

    @Override
    public double measure() {
        return 2 * Math.PI * radius * height;
    }

    @Override
    public double[] extents() {
        return new double[] {2 * Math.PI * radius, height};
    }

    @Override
    public double flux() {
        return direction * radius * measure();
    }

    @Override
    public Mantle flipped() {
        return new Mantle(base, radius, height, -direction, tag);
    }

    @Override
    public Mantle tagged(String name) {
        return new Mantle(base, radius, height, direction, name);
    }
}
