// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.sparkjno.amg.configuration.AmgxConfiguration;
import org.sparkjno.amg.configuration.SolverConfiguration;

/** Solver settings in a JSON file: ours, or a configuration of AmgX. */
final class SettingsFile {
    private SettingsFile() {}

    /**
     * Reads settings.
     *
     * @param console is told what of an AmgX configuration was taken otherwise or ignored
     * @throws IllegalArgumentException with one sentence if the file is missing, no JSON object, or holds what does not fit
     */
    static SolverConfiguration read(Path file, PrintWriter console) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("There is no file " + file + ".");
        }
        Map<String, Object> settings = parse(file);
        try {
            if (!AmgxConfiguration.describes(settings)) {
                return SolverConfiguration.of(settings);
            }
            AmgxConfiguration amgx = AmgxConfiguration.of(settings);
            amgx.notes().forEach(note -> console.println("[amgx] " + note));
            if (!amgx.ignored().isEmpty()) {
                console.println("[amgx] ignored: " + String.join(", ", amgx.ignored()));
            }
            return amgx.solver();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> parse(Path file) throws IOException {
        ObjectMapper mapper = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        try {
            return mapper.readValue(Files.readString(file), new TypeReference<Map<String, Object>>() {});
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new IllegalArgumentException(
                    file + ", line " + line + ": this is no JSON object with one value per key: "
                            + e.getOriginalMessage().replace(System.lineSeparator(), " ") + ".",
                    e);
        }
    }
}
