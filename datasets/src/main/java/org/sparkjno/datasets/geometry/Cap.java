// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

/**
 * A disk orthogonal to the third axis, such as an end of a cylinder.
 *
 * @param direction 1 or −1, the sign of its normal
 */
record Cap(double[] centre, double radius, int direction, String tag) implements Surface {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean place(double[] unit, double[] row) {
        double r = radius * Math.sqrt(unit[0]);
        double angle = 2 * Math.PI * unit[1];
        row[0] = centre[0] + r * StrictMath.cos(angle);
        row[1] = centre[1] + r * StrictMath.sin(angle);
        row[2] = centre[2];
        row[3] = 0;
        row[4] = 0;
        row[5] = direction;
        return true;
    }

    @Override
    public double measure() {
        return Math.PI * radius * radius;
    }

    @Override
    public double[] extents() {
        return new double[] {radius, Math.PI * radius};
    }

    @Override
    public double flux() {
        return direction * centre[2] * measure();
    }

    @Override
    public Cap flipped() {
        return new Cap(centre, radius, -direction, tag);
    }

    @Override
    public Cap tagged(String name) {
        return new Cap(centre, radius, direction, name);
    }
}
