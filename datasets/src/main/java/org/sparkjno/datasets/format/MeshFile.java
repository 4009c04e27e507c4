// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Reads a mesh by whichever of its formats the name of the file tells. */
public final class MeshFile {
    private MeshFile() {}

    /**
     * Reads a file that ends with .msh (gmsh), .vtk or .vtu, with the fields at its nodes where the format has them.
     *
     * @throws FormatException when the file holds no mesh of simplices
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException when its name ends otherwise
     */
    public static MeshFields read(Path file) throws IOException {
        String name = file.toString();
        String end = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        try (InputStream stream = Files.newInputStream(file)) {
            return switch (end) {
                case "msh" -> new MeshFields(GmshFile.read(name, stream), Map.of());
                case "vtk" -> VtkFile.read(name, stream);
                case "vtu" -> VtuFile.read(name, stream);
                default ->
                    throw new IllegalArgumentException("Meshes are read from .msh, .vtk and .vtu, but the file is "
                            + name + "; save it in one of these formats.");
            };
        }
    }
}
