// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads unstructured grids in VTK's legacy format, versions 2 to 5.1, as text or binary, with the fields at their points.
 *
 * @see <a href="https://docs.vtk.org/en/latest/vtk_file_formats/vtk_legacy_file_format.html">The format</a>
 */
public final class VtkFile {
    private final String file;
    /** Big-endian, as binary numbers in these files are. */
    private final ByteBuffer bytes;

    private final TextCursor text;
    private final boolean binary;
    /** Whether cells are stored by offsets and connectivity. */
    private final boolean offsets;

    private double[] points = {};
    private double[] connectivity = {};
    private double[] ends = {};
    private double[] types = {};
    private final Map<String, double[]> pointFields = new LinkedHashMap<>();
    private final Map<String, double[]> cellFields = new LinkedHashMap<>();
    /** What the fields now read belong to: points, cells, or the whole. */
    private Map<String, double[]> fields = new LinkedHashMap<>();

    private int tuples;

    private VtkFile(String file, byte[] content) throws FormatException {
        this.file = file;
        bytes = ByteBuffer.wrap(content);
        text = new TextCursor(bytes);
        String[] header = text.words();
        if (header.length != 5 || !header[1].equals("vtk")) {
            throw malformed("it does not begin with '# vtk DataFile Version'");
        }
        offsets = header[4].startsWith("5");
        text.line();
        String encoding = text.word();
        if (!encoding.equals("ASCII") && !encoding.equals("BINARY")) {
            throw malformed("its third line is '" + encoding + "'");
        }
        binary = encoding.equals("BINARY");
    }

    /**
     * Reads a file to its end.
     *
     * @param file its name, for messages
     * @param stream its bytes; stays open
     * @throws FormatException when it is truncated, is no unstructured grid, or holds other cells than simplices
     */
    public static MeshFields read(String file, InputStream stream) throws IOException {
        return new VtkFile(file, stream.readAllBytes()).grid().assemble();
    }

    private VtkGrid grid() throws FormatException {
        for (String section = text.word(); !section.isEmpty(); section = text.word()) {
            String[] words = text.words();
            try {
                section(section, words);
            } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
                throw new FormatException(
                        message("section " + section + " reads '" + String.join(" ", words) + "'"), e);
            }
        }
        return new VtkGrid(file, points, connectivity, ends, types, pointFields, cellFields);
    }

    private void section(String section, String[] words) throws FormatException {
        switch (section) {
            case "DATASET" -> requireUnstructured(words[0]);
            case "POINTS" -> points = numbers(words[1], 3 * Integer.parseInt(words[0]));
            case "CELLS" -> cells(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
            case "CELL_TYPES" -> types = numbers("int", Integer.parseInt(words[0]));
            case "POINT_DATA" -> fieldsOf(pointFields, words[0]);
            case "CELL_DATA" -> fieldsOf(cellFields, words[0]);
            case "SCALARS" -> scalars(words);
            case "VECTORS", "NORMALS" -> fields.put(words[0], numbers(words[1], 3 * tuples));
            case "TENSORS" -> fields.put(words[0], numbers(words[1], 9 * tuples));
            case "TEXTURE_COORDINATES" -> fields.put(words[0], numbers(words[2], Integer.parseInt(words[1]) * tuples));
            case "LOOKUP_TABLE" -> numbers(binary ? "unsigned_char" : "float", 4 * Integer.parseInt(words[1]));
            case "FIELD" -> arrays(Integer.parseInt(words[1]));
            case "METADATA" -> metadata();
            default -> throw malformed("section '" + section + "' is unknown");
        }
    }

    private void requireUnstructured(String kind) throws FormatException {
        if (!kind.equals("UNSTRUCTURED_GRID")) {
            throw new FormatException(file + " holds " + kind
                    + "; convert it to an UNSTRUCTURED_GRID, as ParaView's filter Append Datasets does.");
        }
    }

    private void cells(int first, int second) throws FormatException {
        if (offsets) {
            double[] starts = numbers(labelled("OFFSETS"), first);
            connectivity = numbers(labelled("CONNECTIVITY"), second);
            ends = Arrays.copyOfRange(starts, Math.min(1, starts.length), starts.length);
            return;
        }
        double[] mixed = numbers("int", second);
        ends = new double[first];
        connectivity = new double[Math.max(0, second - first)];
        int end = 0;
        for (int cell = 0, place = 0; cell < first; cell++) {
            int length = (int) mixed[place++];
            System.arraycopy(mixed, place, connectivity, end, length);
            place += length;
            end += length;
            ends[cell] = end;
        }
    }

    /** The type behind a label on a line of its own. */
    private String labelled(String label) throws FormatException {
        if (!text.word().equals(label)) {
            throw malformed("its cells lack " + label);
        }
        return text.line();
    }

    private void fieldsOf(Map<String, double[]> target, String count) {
        fields = target;
        tuples = Integer.parseInt(count);
    }

    private void scalars(String[] words) throws FormatException {
        int components = words.length > 2 ? Integer.parseInt(words[2]) : 1;
        labelled("LOOKUP_TABLE");
        fields.put(words[0], numbers(words[1], components * tuples));
    }

    private void arrays(int count) throws FormatException {
        for (int i = 0; i < count; i++) {
            String name = text.word();
            if (name.equals("METADATA")) {
                text.line();
                metadata();
                name = text.word();
            }
            String[] words = text.words();
            fields.put(name, numbers(words[2], Integer.parseInt(words[0]) * Integer.parseInt(words[1])));
        }
    }

    /** Passes over a block that ends with an empty line. */
    private void metadata() {
        while (bytes.hasRemaining() && !text.line().isEmpty()) {
            // Another line of it.
        }
    }

    private double[] numbers(String type, int count) throws FormatException {
        // Identifiers were 32-bit integers when they still had a name of their own.
        NumberType numbers = NumberType.named(type.equals("vtkIdType") ? "int" : type)
                .orElseThrow(() -> malformed("numbers of type '" + type + "' are unknown"));
        try {
            if (binary) {
                return numbers.next(bytes, count);
            }
            double[] values = new double[count];
            for (int i = 0; i < count; i++) {
                values[i] = Double.parseDouble(text.word());
            }
            return values;
        } catch (BufferUnderflowException | NumberFormatException e) {
            throw new FormatException(message("it ends too early or has a number that is none"), e);
        }
    }

    private FormatException malformed(String reason) {
        return new FormatException(message(reason));
    }

    private String message(String reason) {
        return file + " is not a complete VTK file: " + reason + "; write it again.";
    }
}
