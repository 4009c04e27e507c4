// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.IntStream;
import org.sparkjno.datasets.mesh.Mesh;

/** Writes meshes with fields at their nodes in VTK's XML format, arrays in base64 and not compressed. */
public final class VtuWriter {
    private final OutputStream stream;

    private VtuWriter(OutputStream stream) {
        this.stream = stream;
    }

    /** Writes a file; the stream stays open. */
    public static void write(MeshFields content, OutputStream stream) throws IOException {
        new VtuWriter(stream).file(content);
    }

    private void file(MeshFields content) throws IOException {
        Mesh mesh = content.mesh();
        text("<?xml version=\"1.0\"?>\n<VTKFile type=\"UnstructuredGrid\" version=\"1.0\" byte_order=\"LittleEndian\""
                + " header_type=\"UInt64\">\n<UnstructuredGrid>\n<Piece NumberOfPoints=\"" + mesh.vertexCount()
                + "\" NumberOfCells=\"" + mesh.cellCount() + "\">\n<Points>\n");
        array("Points", 3, spatial(mesh));
        text("</Points>\n<Cells>\n");
        int corners = mesh.dimensions() + 1;
        integers("connectivity", mesh.cells());
        integers(
                "offsets",
                IntStream.rangeClosed(1, mesh.cellCount())
                        .map(cell -> cell * corners)
                        .toArray());
        integers(
                "types",
                IntStream.range(0, mesh.cellCount())
                        .map(cell -> VtkGrid.type(mesh.dimensions()))
                        .toArray());
        text("</Cells>\n<PointData>\n");
        for (Map.Entry<String, double[]> field : content.fields().entrySet()) {
            array(field.getKey(), content.components(field.getKey()), field.getValue());
        }
        text("</PointData>\n</Piece>\n</UnstructuredGrid>\n</VTKFile>\n");
    }

    /** The nodes with three coordinates each, as the format wants. */
    private static double[] spatial(Mesh mesh) {
        double[] points = new double[3 * mesh.vertexCount()];
        for (int k = 0; k < mesh.vertices().length; k++) {
            points[k / mesh.dimensions() * 3 + k % mesh.dimensions()] = mesh.vertices()[k];
        }
        return points;
    }

    private void array(String name, int components, double[] numbers) throws IOException {
        ByteBuffer bytes = buffer(numbers.length * Double.BYTES);
        for (double number : numbers) {
            bytes.putDouble(number);
        }
        element(NumberType.FLOAT64, name, components, bytes);
    }

    private void integers(String name, int[] numbers) throws IOException {
        ByteBuffer bytes = buffer(numbers.length * Integer.BYTES);
        for (int number : numbers) {
            bytes.putInt(number);
        }
        element(NumberType.INT32, name, 1, bytes);
    }

    private static ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(Long.BYTES + length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length);
    }

    private void element(NumberType type, String name, int components, ByteBuffer bytes) throws IOException {
        String escaped = name.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
        text("<DataArray type=\"" + type.xmlName() + "\" Name=\"" + escaped + "\" NumberOfComponents=\"" + components
                + "\" format=\"binary\">\n");
        stream.write(Base64.getEncoder().encode(bytes.array()));
        text("\n</DataArray>\n");
    }

    private void text(String text) throws IOException {
        stream.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
