// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.sparkjno.checkpoint.CheckpointException;
import org.sparkjno.checkpoint.SealedSteps;
import org.sparkjno.datasets.format.FormatException;
import org.sparkjno.datasets.format.Safetensors;
import org.sparkjno.datasets.format.StoredTensor;

/**
 * A session between two steps: all that the next steps depend on.
 *
 * @param text what it is, for people too
 * @param numbers of the models by full names
 * @param state of optimisers, balance, points and history
 */
record Snapshot(Text text, Map<String, StoredTensor> numbers, Map<String, StoredTensor> state) {
    private static final int VERSION = 1;
    private static final String NUMBERS = "numbers.safetensors";
    private static final String STATE = "state.safetensors";
    private static final String TEXT = "state.json";
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * What a checkpoint says of itself.
     *
     * @param version of the format
     * @param step steps done
     * @param settings that decide the numbers
     * @param tracked what trackers saw, by name and steps done
     */
    record Text(int version, int step, Map<String, String> settings, Map<String, Map<Integer, Double>> tracked) {
        Text {
            settings = new TreeMap<>(settings);
            tracked = new LinkedHashMap<>(tracked);
        }

        static Text of(int step, Map<String, String> settings, Map<String, Map<Integer, Double>> tracked) {
            return new Text(VERSION, step, settings, tracked);
        }
    }

    /** The files of a checkpoint. */
    Map<String, SealedSteps.Content> files() throws IOException {
        byte[] json = JSON.writeValueAsBytes(text);
        Map<String, SealedSteps.Content> files = new LinkedHashMap<>();
        files.put(NUMBERS, new Safetensors(Map.of(), numbers)::write);
        files.put(STATE, new Safetensors(Map.of(), state)::write);
        files.put(TEXT, stream -> stream.write(json));
        return files;
    }

    /** The snapshot that {@link #files} wrote. */
    static Snapshot of(String where, Map<String, byte[]> files) throws IOException {
        if (!files.keySet().containsAll(List.of(NUMBERS, STATE, TEXT))) {
            throw new CheckpointException(where + " is no checkpoint of a problem; it has " + files.keySet() + ".");
        }
        return new Snapshot(
                text(where, new String(files.get(TEXT), StandardCharsets.UTF_8)),
                read(where, files.get(NUMBERS)).tensors(),
                read(where, files.get(STATE)).tensors());
    }

    private static Text text(String where, String json) throws CheckpointException {
        try {
            int version = JSON.readTree(json).path("version").asInt();
            if (version != VERSION) {
                throw new CheckpointException(where + " has format version " + version + ", but this program reads "
                        + VERSION + "; use the program that wrote it.");
            }
            return JSON.readValue(json, Text.class);
        } catch (CheckpointException e) {
            throw e;
        } catch (IOException e) {
            throw new CheckpointException(where + " does not describe a problem; use an older checkpoint.");
        }
    }

    private static Safetensors read(String where, byte[] bytes) throws IOException {
        try {
            return Safetensors.read(where, new ByteArrayInputStream(bytes));
        } catch (FormatException e) {
            throw new CheckpointException(e.getMessage());
        }
    }

    /** All of it as bytes, to be sent. */
    byte[] bytes() throws IOException {
        Map<String, StoredTensor> all = new LinkedHashMap<>();
        numbers.forEach((name, tensor) -> all.put(NUMBERS + ":" + name, tensor));
        state.forEach((name, tensor) -> all.put(STATE + ":" + name, tensor));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Safetensors(Map.of(TEXT, JSON.writeValueAsString(text)), all).write(bytes);
        return bytes.toByteArray();
    }

    /** The snapshot that {@link #bytes} made. */
    static Snapshot of(String where, byte[] bytes) throws IOException {
        Safetensors all = read(where, bytes);
        Map<String, StoredTensor> numbers = new LinkedHashMap<>();
        Map<String, StoredTensor> state = new LinkedHashMap<>();
        all.tensors().forEach((name, tensor) -> {
            boolean isNumber = name.startsWith(NUMBERS + ":");
            (isNumber ? numbers : state).put(name.substring(name.indexOf(':') + 1), tensor);
        });
        return new Snapshot(text(where, all.metadata().get(TEXT)), numbers, state);
    }

    /** Refuses a checkpoint of other settings. */
    void requireSame(String where, Map<String, String> wanted) throws CheckpointException {
        Map<String, String> both = new TreeMap<>(wanted);
        both.putAll(text.settings());
        for (String name : both.keySet()) {
            String saved = text.settings().get(name);
            if (!Objects.equals(saved, wanted.get(name))) {
                throw new CheckpointException("Checkpoint " + where + " has another " + name + " (" + saved
                        + ") than this run (" + wanted.get(name)
                        + "); resume with the same settings, or train into another directory.");
            }
        }
    }
}
