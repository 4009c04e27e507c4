// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.util.Optional;
import org.sparkjno.datasets.mesh.Mesh;
import org.sparkjno.datasets.mesh.Points;

/**
 * Nodes of a mesh.
 *
 * @param mesh the mesh
 * @param part which; {@link SampledPoints#INSIDE}, {@link SampledPoints#BOUNDARY}, a tag of the boundary, or {@link #ALL}
 */
record MeshNodes(Mesh mesh, String part) implements Cloud {
    static final String ALL = "nodes";
    private static final long serialVersionUID = 1L;

    @Override
    public int dimensions() {
        return mesh.dimensions();
    }

    @Override
    public Points draw(long seed) {
        return switch (part) {
            case ALL -> mesh.nodes();
            case SampledPoints.INSIDE -> mesh.interiorNodes();
            case SampledPoints.BOUNDARY -> mesh.boundaryNodes();
            default -> mesh.boundaryNodes(part);
        };
    }

    @Override
    public boolean isRandom() {
        return false;
    }

    @Override
    public Optional<Arrangement> arrangement() {
        return part.equals(ALL) ? Optional.of(Arrangement.of(mesh)) : Optional.empty();
    }

    @Override
    public Cells cells() {
        Cells all = new Cells(mesh.dimensions() + 1, mesh.cells());
        return switch (part) {
            case ALL -> all;
            case SampledPoints.INSIDE -> all.among(mesh.interiorIndices());
            default -> Cells.NONE;
        };
    }
}
