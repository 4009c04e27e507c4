// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.checkpoint;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.io.IOException;
import org.sparkjno.nn.Conv;
import org.sparkjno.nn.DeepONet;
import org.sparkjno.nn.FactorisedLinear;
import org.sparkjno.nn.Fno;
import org.sparkjno.nn.FourierFeatures;
import org.sparkjno.nn.FourierLayer;
import org.sparkjno.nn.Initialisation;
import org.sparkjno.nn.Linear;
import org.sparkjno.nn.Mlp;
import org.sparkjno.nn.Model;
import org.sparkjno.nn.ModifiedMlp;
import org.sparkjno.nn.NeuralOperator;
import org.sparkjno.nn.Normaliser;
import org.sparkjno.nn.PeriodicEmbedding;
import org.sparkjno.nn.PodDeepONet;
import org.sparkjno.nn.Pointwise;
import org.sparkjno.nn.Residual;
import org.sparkjno.nn.Sequential;
import org.sparkjno.nn.Siren;
import org.sparkjno.nn.SpectralConv1d;
import org.sparkjno.nn.SpectralConv2d;
import org.sparkjno.nn.SpectralConv3d;
import org.sparkjno.nn.UNet;
import org.sparkjno.nn.adapter.AdaptedLayer;
import org.sparkjno.nn.adapter.Adapter;
import org.sparkjno.nn.adapter.Dora;
import org.sparkjno.nn.adapter.Ia3;
import org.sparkjno.nn.adapter.Lokr;
import org.sparkjno.nn.adapter.Lora;
import org.sparkjno.nn.adapter.LoraXs;
import org.sparkjno.nn.adapter.Oft;
import org.sparkjno.nn.adapter.Pissa;
import org.sparkjno.nn.adapter.Vera;
import org.sparkjno.optim.Adam;
import org.sparkjno.optim.Lion;
import org.sparkjno.optim.Optimiser;
import org.sparkjno.optim.Schedule;
import org.sparkjno.optim.Sgd;
import org.sparkjno.optim.Soap;

/** Runs as JSON text. Each kind of layer, optimiser and schedule has a name here that never changes. */
public final class RunJson {
    private static final int VERSION = 1;
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addMixIn(Model.class, Kind.class)
            .addMixIn(Optimiser.class, Kind.class)
            .addMixIn(Schedule.class, Kind.class)
            .addMixIn(Initialisation.class, Kind.class)
            .addMixIn(Adapter.class, Kind.class)
            .build();

    static {
        MAPPER.registerSubtypes(
                new NamedType(Linear.class, "linear"),
                new NamedType(FactorisedLinear.class, "factorised-linear"),
                new NamedType(Mlp.class, "mlp"),
                new NamedType(ModifiedMlp.class, "modified-mlp"),
                new NamedType(Siren.class, "siren"),
                new NamedType(FourierFeatures.class, "fourier-features"),
                new NamedType(PeriodicEmbedding.class, "periodic-embedding"),
                new NamedType(Pointwise.class, "pointwise"),
                new NamedType(Residual.class, "residual"),
                new NamedType(Sequential.class, "sequential"),
                new NamedType(SpectralConv1d.class, "spectral-conv-1d"),
                new NamedType(SpectralConv2d.class, "spectral-conv-2d"),
                new NamedType(SpectralConv3d.class, "spectral-conv-3d"),
                new NamedType(FourierLayer.class, "fourier-layer"),
                new NamedType(Conv.class, "conv"),
                new NamedType(UNet.class, "u-net"),
                new NamedType(DeepONet.class, "deep-o-net"),
                new NamedType(PodDeepONet.class, "pod-deep-o-net"),
                new NamedType(AdaptedLayer.class, "adapted-layer"),
                new NamedType(Lora.class, "lora"),
                new NamedType(Dora.class, "dora"),
                new NamedType(Pissa.class, "pissa"),
                new NamedType(LoraXs.class, "lora-xs"),
                new NamedType(Vera.class, "vera"),
                new NamedType(Lokr.class, "lokr"),
                new NamedType(Ia3.class, "ia3"),
                new NamedType(Oft.class, "oft"),
                new NamedType(Fno.class, "fno"),
                new NamedType(Normaliser.class, "normaliser"),
                new NamedType(NeuralOperator.class, "neural-operator"),
                new NamedType(Initialisation.FanIn.class, "fan-in"),
                new NamedType(Initialisation.Glorot.class, "glorot"),
                new NamedType(Initialisation.He.class, "he"),
                new NamedType(Initialisation.Normal.class, "normal"),
                new NamedType(Initialisation.Sine.class, "sine"),
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

    /** Marks a closed set whose members carry their kind in the text. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    private interface Kind {}

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
