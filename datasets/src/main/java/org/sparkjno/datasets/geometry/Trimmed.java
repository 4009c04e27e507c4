// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import java.util.List;

/**
 * What remains of a surface. Its measure and flux are estimated by the midpoint rule on a grid of {@value #GRID} x
 * {@value #GRID} points.
 */
record Trimmed(Surface surface, Retention retention, double measure, double flux) implements Patch {
    private static final long serialVersionUID = 1L;
    private static final int GRID = 256;

    /** Nothing, the patch itself, or what remains of it. */
    static List<Patch> of(Surface surface, Retention retention) {
        double[] row = new double[6];
        double[] midpoints = new RegularCells(new int[] {GRID, GRID}).midpoints();
        double cell = surface.measure() / (GRID * GRID);
        int kept = 0;
        double flux = 0;
        for (int i = 0; i < midpoints.length; i += 2) {
            surface.place(new double[] {midpoints[i], midpoints[i + 1]}, row);
            if (retention.keeps(row)) {
                kept++;
                flux += cell * (row[0] * row[3] + row[1] * row[4] + row[2] * row[5]);
            }
        }
        if (kept == 0) {
            return List.of();
        }
        return kept == GRID * GRID ? List.of(surface) : List.of(new Trimmed(surface, retention, kept * cell, flux));
    }

    @Override
    public boolean place(double[] unit, double[] row) {
        return surface.place(unit, row) && retention.keeps(row);
    }

    @Override
    public String tag() {
        return surface.tag();
    }

    @Override
    public double[] extents() {
        return surface.extents();
    }

    @Override
    public Trimmed flipped() {
        return new Trimmed(surface.flipped(), retention, measure, -flux);
    }

    @Override
    public Trimmed tagged(String name) {
        return new Trimmed(surface.tagged(name), retention, measure, flux);
    }
}
