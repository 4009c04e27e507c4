// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;

/**
 * The contents of a safetensors file: named tensors and text. On disk: the length of the header (8 bytes, little-endian), the
 * header (JSON: type, shape and byte range of each tensor), then all tensors without gaps.
 *
 * @param metadata free text by key
 * @param tensors by name, in file order
 * @see <a href="https://huggingface.co/docs/safetensors">The format</a>
 */
public record Safetensors(Map<String, String> metadata, Map<String, StoredTensor> tensors) {
    private static final int LENGTH_BYTES = Long.BYTES;
    private static final int LARGEST_HEADER = 100_000_000;
    private static final String METADATA = "__metadata__";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, DType> TYPES =
            Arrays.stream(DType.values()).collect(Collectors.toUnmodifiableMap(DType::name, dtype -> dtype));

    public Safetensors {
        metadata = Map.copyOf(metadata);
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /** Writes the file; the stream stays open. */
    public void write(OutputStream stream) throws IOException {
        byte[] header = header();
        ByteBuffer start = ByteBuffer.allocate(LENGTH_BYTES + header.length).order(ByteOrder.LITTLE_ENDIAN);
        start.putLong(header.length).put(header).flip();
        WritableByteChannel channel = Channels.newChannel(stream);
        writeFully(channel, start);
        for (StoredTensor tensor : tensors.values()) {
            writeFully(channel, tensor.bytes().duplicate());
        }
    }

    private byte[] header() throws JsonProcessingException {
        ObjectNode root = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode texts = root.putObject(METADATA);
            metadata.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(text -> texts.put(text.getKey(), text.getValue()));
        }
        long offset = 0;
        for (Map.Entry<String, StoredTensor> entry : tensors.entrySet()) {
            TensorType type = entry.getValue().type();
            ObjectNode node = root.putObject(entry.getKey());
            node.put("dtype", type.dtype().name());
            type.shape().dims().forEach(node.putArray("shape")::add);
            node.putArray("data_offsets").add(offset).add(offset + type.bytes());
            offset += type.bytes();
        }
        StringBuilder text = new StringBuilder(JSON.writeValueAsString(root));
        int bytes = text.toString().getBytes(StandardCharsets.UTF_8).length;
        // Spaces at the end align the tensors to 8 bytes.
        text.append(" ".repeat(Math.floorMod(-bytes, LENGTH_BYTES)));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Reads a file to its end.
     *
     * @param file its name, for messages
     * @param stream its bytes; stays open
     * @throws FormatException when it is truncated, has bytes too many, or is no safetensors file
     */
    public static Safetensors read(String file, InputStream stream) throws IOException {
        ReadableByteChannel channel = Channels.newChannel(stream);
        long length =
                readFully(file, channel, ByteBuffer.allocate(LENGTH_BYTES)).getLong();
        if (length < 2 || length > LARGEST_HEADER) {
            throw malformed(file, "its header would have " + length + " bytes");
        }
        byte[] header =
                readFully(file, channel, ByteBuffer.allocate((int) length)).array();
        JsonNode root;
        try {
            root = JSON.readTree(new String(header, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new FormatException(message(file, "its header is not JSON"), e);
        }
        if (!root.isObject()) {
            throw malformed(file, "its header is not a JSON object");
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        root.path(METADATA)
                .properties()
                .forEach(text -> metadata.put(text.getKey(), text.getValue().asText()));
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (Entry entry : entries(file, root)) {
            int bytes = Math.toIntExact(entry.type().bytes());
            tensors.put(
                    entry.name(),
                    new StoredTensor(entry.type(), readFully(file, channel, ByteBuffer.allocateDirect(bytes))));
        }
        if (channel.read(ByteBuffer.allocate(1)) > 0) {
            throw malformed(file, "it goes on after its last tensor");
        }
        return new Safetensors(metadata, tensors);
    }

    /**
     * One line of the header.
     *
     * @param begin first byte after the header
     */
    private record Entry(String name, TensorType type, long begin) {}

    private static List<Entry> entries(String file, JsonNode root) throws FormatException {
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : root.properties()) {
            if (!property.getKey().equals(METADATA)) {
                entries.add(entry(file, property.getKey(), property.getValue()));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::begin)
                .thenComparingLong(entry -> entry.type().bytes()));
        long offset = 0;
        for (Entry entry : entries) {
            if (entry.begin() != offset) {
                throw malformed(
                        file,
                        "tensor '" + entry.name() + "' begins at byte " + entry.begin() + " instead of " + offset);
            }
            offset += entry.type().bytes();
        }
        return entries;
    }

    private static Entry entry(String file, String name, JsonNode node) throws FormatException {
        DType dtype = TYPES.get(node.path("dtype").asText());
        if (dtype == null) {
            throw new FormatException("Tensor '" + name + "' of " + file + " has the element type " + node.path("dtype")
                    + "; convert it to one of "
                    + TYPES.keySet().stream().sorted().toList() + ".");
        }
        List<Integer> dims = new ArrayList<>();
        for (JsonNode dim : node.path("shape")) {
            if (!dim.canConvertToInt() || dim.intValue() < 0) {
                throw malformed(file, "tensor '" + name + "' has the shape " + node.path("shape"));
            }
            dims.add(dim.intValue());
        }
        TensorType type = new TensorType(dtype, new Shape(dims));
        JsonNode range = node.path("data_offsets");
        long begin = range.path(0).asLong(-1);
        if (range.size() != 2 || begin < 0 || range.path(1).asLong(-1) - begin != type.bytes()) {
            throw malformed(file, "tensor '" + name + "' of type " + type + " has the byte range " + range);
        }
        if (type.bytes() > Integer.MAX_VALUE) {
            throw new FormatException("Tensor '" + name + "' of " + file + " has " + type.bytes()
                    + " bytes, but at most " + Integer.MAX_VALUE + " can be read; split it.");
        }
        return new Entry(name, type, begin);
    }

    private static ByteBuffer readFully(String file, ReadableByteChannel channel, ByteBuffer target)
            throws IOException {
        while (target.hasRemaining()) {
            if (channel.read(target) < 0) {
                throw malformed(file, "it ends too early");
            }
        }
        return target.flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static FormatException malformed(String file, String reason) {
        return new FormatException(message(file, reason));
    }

    private static String message(String file, String reason) {
        return file + " is not a complete safetensors file: " + reason + "; fetch or write it again.";
    }
}
