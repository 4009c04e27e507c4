// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.sparkjno.datasets.format.MeshFields;
import org.sparkjno.datasets.format.VtuWriter;
import org.sparkjno.datasets.geometry.Delaunay;
import org.sparkjno.datasets.mesh.Mesh;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.lang.domain.Cells;
import org.sparkjno.lang.problem.Field;

/**
 * Fields as VTU files, as ParaView reads them: over the cells of their mesh or grid; points in the plane that have none are joined
 * by their Delaunay triangulation, points on a line by segments.
 */
public final class VtuExport {
    private VtuExport() {}

    /**
     * Writes fields that have values at the same points, each under its name.
     *
     * @param fields without samples; those of points in time at one time, see {@link Field#slice}
     * @throws IllegalArgumentException when they are no such fields, or their points have no cells and more than two coordinates
     * @throws UncheckedIOException when the file cannot be written
     */
    public static void write(Path file, Field... fields) {
        if (fields.length == 0) {
            throw new IllegalArgumentException("There is no field to write to " + file + "; give at least one.");
        }
        Map<String, double[]> values = new LinkedHashMap<>();
        Mesh mesh = mesh(fields[0]);
        for (Field field : fields) {
            require(field, fields[0]);
            if (values.put(field.name(), field.values()) != null) {
                throw new IllegalArgumentException(
                        "Two fields are named '" + field.name() + "'; name one otherwise by named(…).");
            }
        }
        try {
            Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
            Path partial = Files.createTempFile(directory, file.getFileName().toString(), ".part");
            try (OutputStream stream = Files.newOutputStream(partial)) {
                VtuWriter.write(new MeshFields(mesh, values), stream);
            }
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write the fields to " + file + ": " + e.getMessage() + ".", e);
        }
    }

    private static void require(Field field, Field first) {
        if (field.axes().size() != 1) {
            throw new IllegalArgumentException("A VTU file holds one value at each point, but '" + field.name()
                    + "' has values along " + field.axes() + "; choose one sample by sample(i).");
        }
        double[] own = field.place().points().coordinates();
        if (!Arrays.equals(own, first.place().points().coordinates())) {
            throw new IllegalArgumentException("'" + field.name() + "' and '" + first.name()
                    + "' have values at different points; write them to different files.");
        }
    }

    private static Mesh mesh(Field field) {
        require(field, field);
        Points points = field.place().points();
        Cells cells = field.place().cells();
        int space = cells.isNone() ? points.dimensions() : cells.corners() - 1;
        for (int axis = space; axis < points.dimensions(); axis++) {
            if (Arrays.stream(points.coordinate(axis)).distinct().count() > 1) {
                throw new IllegalArgumentException(
                        "'" + field.name() + "' has values at several times; choose one by slice(\""
                                + field.coordinates().get(axis) + "\", …).");
            }
        }
        double[] vertices = new double[points.count() * space];
        for (int i = 0; i < vertices.length; i++) {
            vertices[i] = points.coordinates()[i / space * points.dimensions() + i % space];
        }
        int[] indices = cells.isNone()
                ? joined(field, space, vertices)
                : cells.indices().clone();
        return Mesh.of(space, vertices, indices);
    }

    private static int[] joined(Field field, int dimensions, double[] vertices) {
        return switch (dimensions) {
            case 1 -> {
                List<Integer> order = IntStream.range(0, vertices.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> vertices[i]))
                        .toList();
                yield IntStream.range(0, 2 * (vertices.length - 1))
                        .map(i -> order.get((i + 1) / 2))
                        .toArray();
            }
            case 2 -> Delaunay.triangles(vertices).corners();
            default ->
                throw new IllegalArgumentException("The points of '" + field.name() + "' have " + dimensions
                        + " coordinates and no cells between them; evaluate it on a mesh or a grid.");
        };
    }
}
