// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.sparkjno.checkpoint.Recipe;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.nn.Fno;
import org.sparkjno.nn.Loss;
import org.sparkjno.nn.ParameterLayout;
import org.sparkjno.optim.Adam;
import org.sparkjno.optim.Schedule;
import org.sparkjno.train.StepGraphs;

/**
 * One training step of a 2-D Fourier neural operator: batch 16, 64×64 points, width 32, 12 modes, 4 layers, single
 * precision, mean squared error, Adam, one thread.
 */
public final class FnoBench {
    private static final int BATCH = 16;
    private static final int POINTS = 64;
    private static final int WIDTH = 32;
    private static final int MODES = 12;

    /**
     * What the benchmark measured.
     *
     * @param race the step against its peers
     * @param firstSeconds until the step was ready, by the compiler or from the cache
     * @param explanation what was compiled
     */
    public record Report(Race.Result race, double firstSeconds, String explanation) {}

    private FnoBench() {}

    /** Runs the race against every peer that is installed. */
    public static Report run() throws IOException {
        Recipe recipe = new Recipe(
                Fno.of2d(1, 1, WIDTH, MODES, 0),
                Loss.MEAN_SQUARE,
                Adam.decoupled(0),
                new Schedule.Constant(1e-3),
                DType.F32,
                BATCH,
                0,
                "noise");
        Shape field = Shape.of(POINTS, POINTS, 1);
        Graph step = new StepGraphs(recipe, field, field).wholeStep();
        List<Contestant> peers = new ArrayList<>();
        try (CpuDevice device = CpuDevice.open();
                Compiled ours = new Compiled(
                        "spark-jno",
                        device,
                        step,
                        new InPlace(Map.of(0, 0, 1, 1, 2, 2)),
                        (position, buffer) -> fill(recipe, position, buffer))) {
            PythonPeer.start("torch", "fno.py", "torch", 1, Map.of()).ifPresent(peers::add);
            PythonPeer.start("torch (malloc tuned)", "fno.py", "torch", 1, PythonPeer.TUNED_MALLOC)
                    .ifPresent(peers::add);
            PythonPeer.start("jax", "fno.py", "jax", 1, Map.of()).ifPresent(peers::add);
            return new Report(Race.run("fno", ours, peers), ours.compileSeconds(), ours.explain());
        } finally {
            peers.forEach(Contestant::close);
        }
    }

    /** Inputs are [parameters, m, v, buffers, inputs, targets, settings]; all but the state are filled. */
    private static void fill(Recipe recipe, int position, Buffer buffer) {
        if (position == 0) {
            buffer.write(
                    ParameterLayout.of(recipe.model().parameters(), DType.F32).initialise(recipe.seed()));
        } else if (position == 4 || position == 5) {
            buffer.write(noise(buffer, position));
        } else if (position == 6) {
            ByteBuffer settings =
                    ByteBuffer.allocate((int) buffer.type().bytes()).order(ByteOrder.LITTLE_ENDIAN);
            for (double setting :
                    recipe.optimiser().settings(1, recipe.schedule().rate(0))) {
                settings.putFloat((float) setting);
            }
            buffer.write(settings.flip());
        }
    }

    private static ByteBuffer noise(Buffer buffer, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ByteBuffer bytes = ByteBuffer.allocate((int) buffer.type().bytes()).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            bytes.putFloat((float) (2 * random.nextDouble() - 1));
        }
        return bytes.flip();
    }
}
