// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads unstructured grids in VTK's XML format, with the fields at their points: arrays as text, in base64, or appended (raw
 * or in base64), plain or compressed by zlib. Files are written by {@link VtuWriter}.
 *
 * @see <a href="https://docs.vtk.org/en/latest/vtk_file_formats/vtkxml_file_format.html">The format</a>
 */
public final class VtuFile {
    private static final String APPENDED = "<AppendedData";
    private static final String ZLIB = "vtkZLibDataCompressor";

    private final String file;
    /** Null until the first element is read. */
    private VtuArrays encoding;
    /** What stands behind the underscore of the appended data. */
    private final byte[] appended;

    private final boolean appendedRaw;
    /** Arrays by the element they stand in, then by name. */
    private final Map<String, Map<String, double[]>> arrays = new LinkedHashMap<>();

    private int pieces;

    private VtuFile(String file, byte[] appended, boolean appendedRaw) {
        this.file = file;
        this.appended = appended;
        this.appendedRaw = appendedRaw;
    }

    /**
     * Reads a file to its end.
     *
     * @param file its name, for messages
     * @param stream its bytes; stays open
     * @throws FormatException when it is truncated, is no unstructured grid of one piece, or holds other cells than simplices
     */
    public static MeshFields read(String file, InputStream stream) throws IOException {
        byte[] content = stream.readAllBytes();
        // Raw data are no XML, so they are cut off before it is parsed. One char per byte keeps places the same.
        String text = new String(content, StandardCharsets.ISO_8859_1);
        int cut = text.indexOf(APPENDED);
        byte[] markup = content;
        byte[] appended = {};
        boolean raw = false;
        if (cut >= 0) {
            int end = text.indexOf('>', cut);
            int start = text.indexOf('_', end) + 1;
            raw = text.substring(cut, Math.max(cut, end)).contains("raw");
            appended = Arrays.copyOfRange(content, start, content.length);
            byte[] close = "</VTKFile>".getBytes(StandardCharsets.US_ASCII);
            markup = Arrays.copyOf(content, cut + close.length);
            System.arraycopy(close, 0, markup, cut, close.length);
        }
        return new VtuFile(file, appended, raw).parsed(markup).assemble();
    }

    private VtkGrid parsed(byte[] markup) throws FormatException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(markup));
            String section = "";
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamReader.START_ELEMENT) {
                    switch (reader.getLocalName()) {
                        case "VTKFile" -> begin(reader);
                        case "Piece" -> piece();
                        case "DataArray" -> array(section, reader);
                        default -> section = reader.getLocalName();
                    }
                }
            }
        } catch (XMLStreamException e) {
            throw new FormatException(message("its XML is damaged"), e);
        }
        return new VtkGrid(
                file,
                required("Points"),
                required("Cells", "connectivity"),
                required("Cells", "offsets"),
                required("Cells", "types"),
                arrays.getOrDefault("PointData", Map.of()),
                arrays.getOrDefault("CellData", Map.of()));
    }

    private void begin(XMLStreamReader reader) throws FormatException {
        String type = attribute(reader, "type", "");
        if (!type.equals("UnstructuredGrid")) {
            throw new FormatException(file + " holds " + type + "; convert it to an UnstructuredGrid, as ParaView's"
                    + " filter Append Datasets does.");
        }
        String compressor = attribute(reader, "compressor", "");
        if (!compressor.isEmpty() && !compressor.equals(ZLIB)) {
            throw new FormatException(
                    file + " is compressed by " + compressor + "; save it without compression or by " + ZLIB + ".");
        }
        ByteOrder order = attribute(reader, "byte_order", "LittleEndian").equals("BigEndian")
                ? ByteOrder.BIG_ENDIAN
                : ByteOrder.LITTLE_ENDIAN;
        encoding = new VtuArrays(file, order, type(attribute(reader, "header_type", "UInt32")), !compressor.isEmpty());
    }

    private void piece() throws FormatException {
        if (++pieces > 1) {
            throw new FormatException(
                    file + " holds several pieces; join them, as ParaView's filter Clean to Grid does.");
        }
    }

    private void array(String section, XMLStreamReader reader) throws FormatException, XMLStreamException {
        if (encoding == null) {
            throw malformed("it does not begin with VTKFile");
        }
        String name = attribute(reader, "Name", section);
        NumberType type = type(attribute(reader, "type", ""));
        String format = attribute(reader, "format", "ascii");
        int offset = Integer.parseInt(attribute(reader, "offset", "0"));
        double[] numbers = switch (format) {
            case "ascii" -> encoding.parsed(reader.getElementText());
            case "binary" ->
                encoding.numbers(type, encoding.inline(reader.getElementText().strip()));
            case "appended" ->
                encoding.numbers(
                        type,
                        appendedRaw
                                ? new VtuArrays.Raw(appended, offset)
                                : new VtuArrays.Encoded(appended, offset, encoding.compressed()));
            default -> throw malformed("array '" + name + "' has the format '" + format + "'");
        };
        arrays.computeIfAbsent(section, unknown -> new LinkedHashMap<>()).put(name, numbers);
    }

    private NumberType type(String name) throws FormatException {
        return NumberType.named(name).orElseThrow(() -> malformed("numbers of type '" + name + "' are unknown"));
    }

    private double[] required(String section) throws FormatException {
        return arrays.getOrDefault(section, Map.of()).values().stream()
                .findFirst()
                .orElseThrow(() -> malformed("it has no " + section));
    }

    private double[] required(String section, String name) throws FormatException {
        double[] found = arrays.getOrDefault(section, Map.of()).get(name);
        if (found == null) {
            throw malformed("it has no array '" + name + "' in " + section);
        }
        return found;
    }

    private static String attribute(XMLStreamReader reader, String name, String otherwise) {
        String value = reader.getAttributeValue(null, name);
        return value == null ? otherwise : value;
    }

    private FormatException malformed(String reason) {
        return new FormatException(message(reason));
    }

    private String message(String reason) {
        return file + " is not a complete VTU file: " + reason + "; write it again.";
    }
}
