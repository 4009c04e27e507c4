// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.sparkjno.lang.model.Model;

/**
 * Models that were saved, with their numbers. They have no rules for their training; the problem in which they go on, or a call
 * of {@link Model#optimizer}, says how they are moved. Of a model that holds code of its own there are the numbers alone: stated
 * again under its name, it has them.
 */
public final class SavedModels extends Solution {
    private final List<Model> models;
    private final List<String> restated;

    /**
     * What was saved.
     *
     * @param models of which all is known
     * @param restated names of models of which only the numbers are
     */
    SavedModels(List<Model> models, List<String> restated, Map<String, Packed> numbers, EvaluationSettings settings) {
        super(List.copyOf(models), numbers, settings);
        this.models = List.copyOf(models);
        this.restated = List.copyOf(restated);
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
     * @throws IllegalArgumentException if there is none, or if it holds code of its own, which is not saved
     */
    public Model model(String name) {
        return models.stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        restated.contains(name)
                                ? "The model '" + name
                                        + "' holds code of its own, which is not saved; state it again under"
                                        + " this name, and it has the saved numbers."
                                : "No model is named '" + name + "'; there are " + models() + "."));
    }
}
