// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Two regions combined. Its boundary is made of those parts of the operands' boundaries that separate inside from outside:
 * exact for intervals and plane regions, whose curves are cut where they meet; trimmed surfaces in space.
 */
final class Combination extends Geometry {
    private static final long serialVersionUID = 1L;
    /** How far to either side of a patch one looks, relative to the size of the region. */
    private static final double NUDGE = 1e-7;

    private final Operation operation;
    private final Geometry first;
    private final Geometry second;
    private final List<Patch> patches;

    Combination(Operation operation, Geometry first, Geometry second) {
        if (first.dimensions() != second.dimensions()) {
            throw new IllegalArgumentException("A region of " + first.dimensions() + " dimensions (" + first
                    + ") and one of " + second.dimensions() + " (" + second
                    + ") do not combine; give both the same dimensions.");
        }
        this.operation = operation;
        this.first = first;
        this.second = second;
        this.patches = List.copyOf(bounding());
        if (patches.isEmpty()) {
            throw new IllegalArgumentException("The " + name() + " of " + first + " and " + second + " is empty.");
        }
    }

    private String name() {
        return operation.name().toLowerCase(Locale.ROOT);
    }

    private List<Patch> bounding() {
        double reach = NUDGE * first.bounds().hull(second.bounds()).diameter();
        List<Patch> kept = new ArrayList<>();
        Retention separating = new Retention.Separating(operation, first, second, reach);
        for (Patch patch : first.patches()) {
            kept.addAll(remaining(patch, second, separating));
        }
        // Where both boundaries coincide, the first one's patches stand for both.
        Retention ownToSecond = separating.and(new Retention.Apart(first, reach));
        for (Patch patch : second.patches()) {
            Patch oriented = operation == Operation.DIFFERENCE ? patch.flipped() : patch;
            kept.addAll(remaining(oriented, first, ownToSecond));
        }
        return kept;
    }

    private static List<Patch> remaining(Patch patch, Geometry other, Retention retention) {
        if (patch instanceof Curve curve) {
            List<Double> cuts = new ArrayList<>();
            for (Patch opposite : other.patches()) {
                cuts.addAll(Crossings.parameters(curve, (Curve) opposite));
            }
            return curve.split(cuts).stream()
                    .filter(piece -> keepsMiddle(piece, 4, retention))
                    .map(Patch.class::cast)
                    .toList();
        }
        if (patch instanceof Trimmed trimmed) {
            return Trimmed.of(trimmed.surface(), trimmed.retention().and(retention));
        }
        if (patch instanceof Surface surface) {
            return Trimmed.of(surface, retention);
        }
        return keepsMiddle(patch, 2, retention) ? List.of(patch) : List.of();
    }

    private static boolean keepsMiddle(Patch patch, int rowLength, Retention retention) {
        double[] row = new double[rowLength];
        patch.place(new double[] {0.5}, row);
        return retention.keeps(row);
    }

    @Override
    public int dimensions() {
        return first.dimensions();
    }

    @Override
    public Bounds bounds() {
        return operation.bounds(first.bounds(), second.bounds());
    }

    @Override
    double distanceBound(double[] point) {
        return operation.distance(first.distanceBound(point), second.distanceBound(point));
    }

    @Override
    double signedDistance(double[] point) {
        double bound = distanceBound(point);
        if (dimensions() == 3) {
            return bound;
        }
        double distance = Double.POSITIVE_INFINITY;
        for (Patch patch : patches) {
            distance = Math.min(
                    distance,
                    patch instanceof Curve curve ? curve.distance(point) : ((EndPoint) patch).distance(point));
        }
        return bound <= 0 ? -distance : distance;
    }

    @Override
    List<Patch> patches() {
        return patches;
    }

    @Override
    public String toString() {
        return name() + " of (" + first + ") and (" + second + ")";
    }
}
