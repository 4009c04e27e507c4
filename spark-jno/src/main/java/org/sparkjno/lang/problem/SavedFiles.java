// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.datasets.format.Safetensors;
import org.sparkjno.datasets.format.StoredTensor;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.lang.expression.Architecture;
import org.sparkjno.lang.expression.Callee;
import org.sparkjno.lang.expression.Scheme;
import org.sparkjno.lang.model.ArchitectureJson;
import org.sparkjno.lang.model.Model;
import org.sparkjno.nn.Parameter;

/** Models with their numbers as the files of a directory. */
final class SavedFiles {
    private static final int VERSION = 1;
    private static final String TEXT = "models.json";
    private static final String NUMBERS = "models.safetensors";
    private static final ObjectMapper JSON = ArchitectureJson.mapper()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private SavedFiles() {}

    /**
     * A model without rules for its training.
     *
     * @param name under which its numbers are known
     * @param architecture what it computes
     */
    private record Named(String name, Architecture architecture) {}

    /**
     * The text.
     *
     * @param version of the format
     * @param precision of the numbers of models without a type of their own
     * @param seed of points and parameters that are drawn
     * @param threads on which expressions are computed
     * @param scheme of derivatives that name none
     * @param models those that are written as text
     * @param restated names of models that hold code of somebody's own, of which the numbers alone are kept
     */
    private record Text(
            int version,
            DType precision,
            long seed,
            int threads,
            Scheme scheme,
            List<Named> models,
            List<String> restated) {
        private EvaluationSettings settings() {
            return new EvaluationSettings(precision, seed, threads, scheme);
        }
    }

    /** Writes both files, each whole or not at all. */
    static void write(
            Path directory, Collection<Callee> callees, Map<String, Packed> numbers, EvaluationSettings settings) {
        List<Named> models = new ArrayList<>();
        List<String> restated = new ArrayList<>();
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (Callee callee : callees) {
            if (!(callee instanceof Model model)) {
                throw new IllegalArgumentException(
                        "'" + callee.name() + "' is no model of this library, so it cannot be saved.");
            }
            Named named = new Named(model.name(), model.architecture());
            if (isText(named)) {
                models.add(named);
            } else {
                restated.add(model.name());
            }
            types(model, settings.precision()).forEach((name, type) -> {
                byte[] bytes = numbers.get(name).in(type.dtype()).bytes();
                tensors.put(name, new StoredTensor(type, ByteBuffer.wrap(bytes)));
            });
        }
        Text text = new Text(
                VERSION,
                settings.precision(),
                settings.seed(),
                settings.threads(),
                settings.scheme(),
                models,
                restated);
        try {
            Files.createDirectories(directory);
            write(directory.resolve(NUMBERS), new Safetensors(Map.of(), tensors)::write);
            write(directory.resolve(TEXT), stream -> stream.write(JSON.writeValueAsBytes(text)));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The models could not be saved in " + directory + ": " + e.getMessage() + ".", e);
        }
    }

    /** Whether a model can be written, and read again; one of a kind that has no name in the text cannot. */
    private static boolean isText(Named named) {
        try {
            JSON.readValue(JSON.writeValueAsBytes(named), Named.class);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** What a file consists of. */
    private interface Content {
        void write(OutputStream stream) throws IOException;
    }

    private static void write(Path file, Content content) throws IOException {
        Path partial = Files.createTempFile(
                file.toAbsolutePath().getParent(), file.getFileName().toString(), ".part");
        try (OutputStream stream = Files.newOutputStream(partial)) {
            content.write(stream);
        }
        Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The tensors of a model by full names. */
    private static Map<String, TensorType> types(Model model, DType precision) {
        Map<String, TensorType> types = new LinkedHashMap<>();
        DType saved = model.saved(precision);
        for (Parameter parameter : Parameter.under(model.name(), model.parameters())) {
            types.put(parameter.name(), new TensorType(saved, parameter.shape()));
        }
        for (Parameter buffer : Parameter.under(model.name(), model.buffers())) {
            types.put(buffer.name(), new TensorType(model.precision(precision), buffer.shape()));
        }
        return types;
    }

    /** What {@link #write} wrote. */
    static SavedModels read(Path directory) {
        for (String file : List.of(TEXT, NUMBERS)) {
            if (!Files.isRegularFile(directory.resolve(file))) {
                throw new IllegalArgumentException("There are no saved models in " + directory + ": " + file
                        + " is missing; name a directory that save(…) wrote.");
            }
        }
        try (InputStream stream = Files.newInputStream(directory.resolve(NUMBERS))) {
            Text text = text(directory.resolve(TEXT));
            Map<String, StoredTensor> tensors = Safetensors.read(
                            directory.resolve(NUMBERS).toString(), stream)
                    .tensors();
            List<Model> models = text.models().stream()
                    .map(named -> Model.of(named.name(), named.architecture()))
                    .toList();
            Map<String, Packed> numbers = new LinkedHashMap<>();
            for (Model model : models) {
                types(model, text.precision())
                        .forEach((name, type) -> numbers.put(name, number(directory, name, type, tensors)));
            }
            for (String name : text.restated()) {
                tensors.forEach((full, tensor) -> {
                    if (full.startsWith(name + ".")) {
                        numbers.put(full, number(directory, full, tensor.type(), tensors));
                    }
                });
            }
            return new SavedModels(models, text.restated(), numbers, text.settings());
        } catch (IOException e) {
            throw new UncheckedIOException("The models in " + directory + " could not be read: " + e.getMessage(), e);
        }
    }

    private static Text text(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            int version = JSON.readTree(bytes).path("version").asInt();
            if (version != VERSION) {
                throw new IllegalArgumentException(file + " has format version " + version + ", but this program reads "
                        + VERSION + "; use the program that wrote it.");
            }
            return JSON.readValue(bytes, Text.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    file + " does not describe models that this program knows: " + e.getOriginalMessage() + ".", e);
        }
    }

    private static Packed number(Path directory, String name, TensorType type, Map<String, StoredTensor> tensors) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("The numbers '" + name + "' are missing in " + directory.resolve(NUMBERS)
                    + "; it belongs to other models than " + TEXT + " describes.");
        }
        if (!tensor.type().equals(type)) {
            throw new IllegalArgumentException("The numbers '" + name + "' in " + directory.resolve(NUMBERS) + " are "
                    + tensor.type() + ", but " + TEXT + " describes " + type + "; save both files together.");
        }
        return Packed.of(tensor);
    }
}
