// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.nn.Activation;
import org.sparkjno.nn.Boundary;
import org.sparkjno.nn.Fno;
import org.sparkjno.nn.FourierFeatures;
import org.sparkjno.nn.Initialisation;
import org.sparkjno.nn.Layer;
import org.sparkjno.nn.Linear;
import org.sparkjno.nn.Loss;
import org.sparkjno.nn.Mlp;
import org.sparkjno.nn.ModifiedMlp;
import org.sparkjno.nn.PeriodicEmbedding;
import org.sparkjno.nn.Residual;
import org.sparkjno.nn.Sequential;
import org.sparkjno.nn.Siren;
import org.sparkjno.nn.UNet;
import org.sparkjno.nn.adapter.Adaptation;
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

/** Every kind of layer, optimiser and schedule comes back from its text. */
class RunJsonTest {
    private static final Initialisation GLOROT = Initialisation.glorot();

    static Stream<Layer> layers() {
        Mlp mlp = Mlp.of(Activation.SIN, 1, 4, 1);
        Stream<Layer> plain = Stream.of(
                mlp.factorised(1, 0.1),
                Mlp.of(Activation.GELU_TANH, new Initialisation.Normal(0.1), 1, 2),
                Siren.of(30, 1, 4, 1),
                ModifiedMlp.of(Activation.TANH, Initialisation.he(), 1, 4, 2, 1),
                Residual.perceptron(Activation.SILU, GLOROT, 1, 4, 2, 1),
                Sequential.of(
                        new PeriodicEmbedding(List.of(0.5, 0.0), 2), new FourierFeatures(5, 2, 1.5), new Linear(4, 1)),
                UNet.of(2, 1, 1, 2, 1, Boundary.PERIODIC, Activation.RELU),
                Fno.of3d(1, 1, 2, 1, 1).withDepth(2).withActivation(Activation.SOFTPLUS));
        Stream<Adapter> adapters = Stream.of(
                Lora.rankStabilised(1, 1),
                Dora.of(1, 1),
                Pissa.minor(1, 1),
                new LoraXs(1, 1),
                new Vera(1, 1),
                new Lokr(1, 1),
                new Ia3(),
                new Oft(2));
        return Stream.concat(
                plain,
                adapters.map(adapter -> new AdaptedLayer(mlp, Adaptation.of(mlp, Pattern.compile(".*"), adapter))));
    }

    static Stream<Optimiser> optimisers() {
        return Stream.of(Adam.of(), Adam.decoupled(0.1), Sgd.of(), new Sgd(0.9, true, 0.1), Lion.of(), Soap.of());
    }

    static Stream<Schedule> schedules() {
        return Stream.of(
                new Schedule.Exponential(1, 0.5, 10),
                new Schedule.InverseTime(1, 0.5, 10),
                new Schedule.Piecewise(List.of(5L), List.of(1.0, 0.5)),
                new Schedule.WarmUp(5, Schedule.oneCycle(1, 100)),
                Schedule.cosine(1, 10),
                Schedule.constant(1));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aLayerComesBack(Layer layer) throws CheckpointException {
        comesBack(layer, Adam.of(), Schedule.constant(1));
    }

    @ParameterizedTest
    @MethodSource("optimisers")
    void anOptimiserComesBack(Optimiser optimiser) throws CheckpointException {
        comesBack(new Linear(1, 1), optimiser, Schedule.constant(1));
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void aScheduleComesBack(Schedule schedule) throws CheckpointException {
        comesBack(new Linear(1, 1), Adam.of(), schedule);
    }

    private static void comesBack(Layer layer, Optimiser optimiser, Schedule schedule) throws CheckpointException {
        Recipe recipe = new Recipe(layer, Loss.RELATIVE_L2, optimiser, schedule, DType.F32, 2, 1, "data");
        RunState run = RunState.begin(recipe, 1);
        byte[] text = RunJson.write(run);
        assertThat(RunJson.read("state.json", text)).isEqualTo(run);
        assertThat(new String(text, StandardCharsets.UTF_8)).contains("\"kind\"");
    }
}
