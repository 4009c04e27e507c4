// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.io.IOException;
import org.sparkjno.optim.Adam;
import org.sparkjno.optim.Lion;
import org.sparkjno.optim.Optimiser;
import org.sparkjno.optim.Schedule;
import org.sparkjno.optim.Sgd;
import org.sparkjno.optim.Soap;

/** Runs as JSON text. Each kind of layer, optimiser and schedule has a name here that never changes. */
public final class RunJson {
    private static final int VERSION = 1;
    private static final ObjectMapper MAPPER = LayerJson.mapper()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addMixIn(Optimiser.class, LayerJson.Kind.class)
            .addMixIn(Schedule.class, LayerJson.Kind.class)
            .build();

    static {
        MAPPER.registerSubtypes(
                new NamedType(Adam.class, "adam"),
                new NamedType(Sgd.class, "sgd"),
                new NamedType(Lion.class, "lion"),
                new NamedType(Soap.class, "soap"),
                new NamedType(Schedule.Constant.class, "constant"),
                new NamedType(Schedule.Cosine.class, "cosine"),
                new NamedType(Schedule.Steps.class, "steps"),
                new NamedType(Schedule.Exponential.class, "exponential"),
                new NamedType(Schedule.InverseTime.class, "inverse-time"),
                new NamedType(Schedule.Piecewise.class, "piecewise"),
                new NamedType(Schedule.OneCycle.class, "one-cycle"),
                new NamedType(Schedule.WarmUp.class, "warm-up"));
    }

    private RunJson() {}

    /**
     * The file.
     *
     * @param version of the format
     */
    private record Document(int version, RunState run) {}

    /** A run as JSON text in UTF-8. */
    public static byte[] write(RunState state) {
        try {
            return MAPPER.writeValueAsBytes(new Document(VERSION, state));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "The run cannot be written as JSON; its model may hold a layer of an unknown kind.", e);
        }
    }

    /**
     * The run that {@link #write} wrote.
     *
     * @param file its name, for messages
     * @throws CheckpointException when the text is something else or of another version
     */
    public static RunState read(String file, byte[] text) throws CheckpointException {
        try {
            int version = MAPPER.readTree(text).path("version").asInt();
            if (version != VERSION) {
                throw new CheckpointException(file + " has format version " + version + ", but this program reads "
                        + VERSION + "; use the program that wrote it.");
            }
            return MAPPER.readValue(text, Document.class).run();
        } catch (CheckpointException e) {
            throw e;
        } catch (IOException e) {
            throw new CheckpointException(
                    file + " does not describe a run that this program knows; use an older checkpoint.", e);
        }
    }
}
