// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.checkpoint;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import org.sparkjno.nn.Conv;
import org.sparkjno.nn.DeepONet;
import org.sparkjno.nn.FactorisedLinear;
import org.sparkjno.nn.Fno;
import org.sparkjno.nn.FourierFeatures;
import org.sparkjno.nn.FourierLayer;
import org.sparkjno.nn.Initialisation;
import org.sparkjno.nn.Initialiser;
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

/** Models as JSON text. Each kind of layer, adapter and first value has a name here that never changes. */
public final class LayerJson {
    private LayerJson() {}

    /** Marks a set whose members carry their kind in the text. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    public interface Kind {}

    /** The beginning of a mapper that writes and reads models, to which others add kinds of their own. */
    public static JsonMapper.Builder mapper() {
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .addMixIn(Model.class, Kind.class)
                .addMixIn(Initialisation.class, Kind.class)
                .addMixIn(Initialiser.class, Kind.class)
                .addMixIn(Adapter.class, Kind.class)
                .registerSubtypes(
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
                        new NamedType(Initialisation.LeCun.class, "le-cun"),
                        new NamedType(Initialisation.Orthogonal.class, "orthogonal"),
                        new NamedType(Initialisation.Normal.class, "normal"),
                        new NamedType(Initialisation.Sine.class, "sine"),
                        new NamedType(Initialiser.Constant.class, "constant"),
                        new NamedType(Initialiser.Uniform.class, "uniform"),
                        new NamedType(Initialiser.Normal.class, "normal"),
                        new NamedType(Initialiser.Orthogonal.class, "orthogonal"),
                        new NamedType(Initialiser.Given.class, "given"),
                        new NamedType(Initialiser.Scaled.class, "scaled"));
    }
}
