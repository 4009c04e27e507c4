// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.datasets.mesh.Mesh;
import org.sparkjno.datasets.mesh.PointPredicate;

/** A region of whose boundary the part with a property has another tag. */
final class Renamed extends Geometry {
    private static final long serialVersionUID = 1L;
    private final Geometry region;
    private final String tag;
    private final PointPredicate where;
    private final List<Patch> patches;

    Renamed(Geometry region, String tag, PointPredicate where) {
        this.region = region;
        this.tag = tag;
        this.where = where;
        this.patches = List.copyOf(renamed(region.patches(), tag, where));
        if (patches.stream().noneMatch(patch -> patch.tag().equals(tag))) {
            throw new IllegalArgumentException("No point of the boundary of the " + region
                    + " satisfies the predicate of '" + tag + "'; allow for rounding, as in |x| < 1e-9.");
        }
    }

    private static List<Patch> renamed(List<Patch> patches, String tag, PointPredicate where) {
        Retention within = new Retention.Where(where, true);
        Retention without = new Retention.Where(where, false);
        List<Patch> parts = new ArrayList<>();
        for (Patch patch : patches) {
            if (patch instanceof Curve curve) {
                for (Curve piece : curve.split(where)) {
                    parts.add(where.test(piece.at(0.5)) ? piece.tagged(tag) : piece);
                }
            } else if (patch instanceof EndPoint end) {
                parts.add(where.test(new double[] {end.x()}) ? end.tagged(tag) : end);
            } else if (patch instanceof Surface surface) {
                Trimmed.of(surface, within).forEach(part -> parts.add(part.tagged(tag)));
                parts.addAll(Trimmed.of(surface, without));
            } else if (patch instanceof Trimmed trimmed) {
                Trimmed.of(trimmed.surface(), trimmed.retention().and(within))
                        .forEach(part -> parts.add(part.tagged(tag)));
                parts.addAll(Trimmed.of(trimmed.surface(), trimmed.retention().and(without)));
            }
        }
        return parts;
    }

    @Override
    public int dimensions() {
        return region.dimensions();
    }

    @Override
    public Bounds bounds() {
        return region.bounds();
    }

    @Override
    double distanceBound(double[] point) {
        return region.distanceBound(point);
    }

    @Override
    double signedDistance(double[] point) {
        return region.signedDistance(point);
    }

    @Override
    Chart chart() {
        return region.chart();
    }

    @Override
    List<Patch> patches() {
        return patches;
    }

    @Override
    Mesh triangulated(double size) {
        // The nodes of boxes and solids are where they are; other meshes follow the patches, and so their tags.
        return core() instanceof Box || dimensions() == 3
                ? region.triangulated(size).tagged(tag, where)
                : super.triangulated(size);
    }

    @Override
    Geometry core() {
        return region.core();
    }

    @Override
    public String toString() {
        return region + " with '" + tag + "'";
    }
}
