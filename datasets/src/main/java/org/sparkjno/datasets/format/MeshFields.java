// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sparkjno.datasets.mesh.Mesh;

/**
 * A mesh with fields at its nodes.
 *
 * @param mesh the mesh
 * @param fields by name (nodes x components), row after row
 */
public record MeshFields(Mesh mesh, Map<String, double[]> fields) {
    public MeshFields {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        int nodes = mesh.vertexCount();
        fields.forEach((name, values) -> {
            if (values.length == 0 || values.length % nodes != 0) {
                throw new IllegalArgumentException("Field '" + name + "' has " + values.length + " values for " + nodes
                        + " nodes; give as many for each.");
            }
        });
    }

    /** Values of a field per node. */
    public int components(String field) {
        return fields.get(field).length / mesh.vertexCount();
    }
}
