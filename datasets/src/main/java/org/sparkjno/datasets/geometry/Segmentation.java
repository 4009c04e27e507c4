// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.datasets.mesh.Mesh;

/** Cuts intervals into equal segments. */
final class Segmentation {
    private Segmentation() {}

    /** The mesh of one or more intervals; between two ends lies one of them where the normals point apart. */
    static Mesh of(Geometry region, double size) {
        List<EndPoint> ends = region.patches().stream()
                .map(EndPoint.class::cast)
                .sorted(Comparator.comparingDouble(EndPoint::x))
                .toList();
        List<Double> nodes = new ArrayList<>();
        IntList cells = new IntList();
        Map<String, List<int[]>> tags = new LinkedHashMap<>();
        for (int i = 0; i < ends.size(); i += 2) {
            EndPoint left = ends.get(i);
            EndPoint right = ends.get(i + 1);
            int pieces = Math.max(1, (int) Math.ceil((right.x() - left.x()) / size - 1e-9));
            int first = nodes.size();
            for (int k = 0; k <= pieces; k++) {
                nodes.add(k == pieces ? right.x() : left.x() + k * (right.x() - left.x()) / pieces);
            }
            for (int k = first; k < first + pieces; k++) {
                cells.add(k);
                cells.add(k + 1);
            }
            tags.computeIfAbsent(left.tag(), tag -> new ArrayList<>()).add(new int[] {first});
            tags.computeIfAbsent(right.tag(), tag -> new ArrayList<>()).add(new int[] {first + pieces});
        }
        double[] vertices = nodes.stream().mapToDouble(Double::doubleValue).toArray();
        return Mesh.of(1, vertices, cells.toArray()).tagged(tags);
    }
}
