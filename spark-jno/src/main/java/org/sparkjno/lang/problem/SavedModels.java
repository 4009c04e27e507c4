// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.sparkjno.lang.model.Model;

/**
 * Models that were saved, with their numbers. They have no rules for their training; the problem in which they go on, or a call
 * of {@link Model#optimizer}, says how they are moved.
 */
public final class SavedModels extends Solution {
    private final List<Model> models;

    SavedModels(List<Model> models, Map<String, Packed> numbers, EvaluationSettings settings) {
        super(List.copyOf(models), numbers, settings);
        this.models = List.copyOf(models);
    }

    /**
     * The models in a directory.
     *
     * @throws IllegalArgumentException when a file is missing or the two do not belong together; it says which and what
     * @throws java.io.UncheckedIOException when a file cannot be read
     * @see Solution#save
     */
    public static SavedModels load(Path directory) {
        return SavedFiles.read(directory);
    }

    /**
     * The model of a name, which expressions call as they call any other.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Model model(String name) {
        return models.stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("No model is named '" + name + "'; there are " + models() + "."));
    }
}
