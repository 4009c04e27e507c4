// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.sparkjno.checkpoint.Checkpoint;
import org.sparkjno.checkpoint.EpochRecord;
import org.sparkjno.checkpoint.Recipe;
import org.sparkjno.checkpoint.RunState;
import org.sparkjno.datasets.sample.PdeSample;
import org.sparkjno.datasets.sample.Split;
import org.sparkjno.datasets.source.DatasetMetadata;
import org.sparkjno.datasets.source.ParquetDataset;
import org.sparkjno.datasets.source.Specification;
import org.sparkjno.experiment.Experiment;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.nn.Loss;
import org.sparkjno.nn.NeuralOperator;
import org.sparkjno.plot.FieldPicture;
import org.sparkjno.plot.LossPicture;
import org.sparkjno.plot.Panel;
import org.sparkjno.spark.DistributedEvaluation;
import org.sparkjno.spark.DistributedTraining;
import org.sparkjno.spark.Pairing;
import org.sparkjno.train.Cadence;
import org.sparkjno.train.TrainingPair;

/** One experiment from dataset to pictures. */
final class TrainingRun {
    private static final Shape ONE_CHANNEL = Shape.of(1);
    private static final int SHOWN_SAMPLES = 3;

    private final SparkSession session;
    private final Experiment experiment;
    private final ParquetDataset dataset;
    private final Settings settings;
    private final ExplainOptions explain;
    private final PrintWriter console;

    /**
     * What the user may choose.
     *
     * @param epochs length
     * @param seed of the first weights and of the order of samples
     * @param tasks replicas
     * @param out directory of everything that is written
     * @param resume whether to go on from the newest checkpoint
     * @param checkpointSteps steps between two checkpoints, 0 for the ends of epochs alone
     */
    record Settings(int epochs, long seed, int tasks, Path out, boolean resume, int checkpointSteps) {}

    TrainingRun(
            SparkSession session,
            Experiment experiment,
            ParquetDataset dataset,
            Settings settings,
            ExplainOptions explain,
            PrintWriter console) {
        this.session = session;
        this.experiment = experiment;
        this.dataset = dataset;
        this.settings = settings;
        this.explain = explain;
        this.console = console;
    }

    /** The default dataset of an experiment in the output directory: generated, or found there. */
    static ParquetDataset dataset(
            SparkSession session, Experiment experiment, TrainingOptions options, Path out, PrintWriter console) {
        Specification specification =
                new Specification(experiment.problem(), options.seed(), experiment.train(), experiment.test());
        console.println("generating " + specification.samples() + " samples of "
                + experiment.problem().name());
        console.flush();
        return ParquetDataset.generate(
                session,
                specification,
                out.toAbsolutePath().resolve("data").toUri().toString());
    }

    Outcome run() throws IOException {
        Pairing pairing = new Pairing(experiment.input(), experiment.output(), experiment.stride());
        DistributedTraining training = new DistributedTraining(session, dataset, pairing, settings.tasks());
        int batch = Math.max(1, experiment.batch() / settings.tasks());
        int stepsPerEpoch = training.stepsPerEpoch(batch);
        long steps = (long) stepsPerEpoch * settings.epochs();
        Recipe recipe = recipe(batch, steps);
        explain.write(training.functions(recipe), console);
        String checkpoints = settings.out().resolve("checkpoints").toUri().toString();
        Spectator spectator = Spectator.ofSamples(console, steps, batch * settings.tasks());
        long start = System.nanoTime();
        RunState state = training.run(
                experiment.problem().name(),
                recipe,
                new Cadence(settings.epochs(), settings.checkpointSteps(), 1),
                checkpoints,
                settings.resume(),
                spectator);
        double seconds = (System.nanoTime() - start) * 1e-9;
        return report(state, checkpoints, pairing, spectator.samples() / seconds);
    }

    private Recipe recipe(int batch, long steps) {
        return new Recipe(
                NeuralOperator.of(ONE_CHANNEL, experiment.network(), ONE_CHANNEL),
                Loss.RELATIVE_L2,
                experiment.optimiser(),
                experiment.schedule(steps),
                DType.F32,
                batch,
                settings.seed(),
                dataset.metadata().specification() + " by " + experiment.stride());
    }

    private Outcome report(RunState state, String checkpoints, Pairing pairing, double samplesPerSecond)
            throws IOException {
        Checkpoint checkpoint = DistributedEvaluation.read(checkpoints);
        EpochRecord last = state.history().get(state.history().size() - 1);
        Path curve = settings.out().resolve("loss.png");
        new LossPicture(experiment.problem().name())
                .curve(
                        "training loss",
                        state.history().stream().map(EpochRecord::loss).toList())
                .curve(
                        "held-out error",
                        state.history().stream().map(EpochRecord::error).toList())
                .write(curve);
        Path fields = settings.out().resolve("fields.png");
        picture(checkpoint, pairing, fields);
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("relative_l2", last.error());
        metrics.put("loss", last.loss());
        metrics.put("steps", state.position().step());
        metrics.put("samples_per_second", samplesPerSecond);
        metrics.put("checkpoint", newest(checkpoints, state));
        metrics.put("pictures", List.of(curve.toString(), fields.toString()));
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "held-out relative L2 error: %.3f %%%ncheckpoint: %s%npictures: %s, %s",
                100 * last.error(),
                metrics.get("checkpoint"),
                curve,
                fields));
        otherResolutions(checkpoints, metrics, text);
        return Outcome.of(metrics, text.toString());
    }

    private static String newest(String checkpoints, RunState state) {
        return String.format(
                Locale.ROOT, "%s/step-%08d", checkpoints, state.position().step());
    }

    /** The same weights on finer and coarser grids. */
    private void otherResolutions(String checkpoints, Map<String, Object> metrics, StringBuilder text) {
        Map<String, Object> errors = new LinkedHashMap<>();
        DatasetMetadata metadata = dataset.metadata();
        for (int stride : experiment.resolutions()) {
            Pairing pairing = new Pairing(experiment.input(), experiment.output(), stride);
            double error =
                    mean(new DistributedEvaluation(checkpoints, metadata, pairing).errors(dataset.samples(Split.TEST)));
            int points = pairing.shape(metadata.grid().shape()).dim(0);
            errors.put(String.valueOf(points), error);
            text.append(String.format(Locale.ROOT, "%nthe same weights at %d points: %.3f %%", points, 100 * error));
        }
        if (!errors.isEmpty()) {
            metrics.put("relative_l2_at_points", errors);
        }
    }

    static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private void picture(Checkpoint checkpoint, Pairing pairing, Path file) {
        List<PdeSample> samples = dataset.samples(Split.TEST).takeOrdered(SHOWN_SAMPLES, new BySeed());
        Shape shape = pairing.shape(dataset.metadata().grid().shape());
        List<TrainingPair> pairs = samples.stream().map(pairing::pair).toList();
        List<DistributedEvaluation.Prediction> predictions = DistributedEvaluation.predict(checkpoint, shape, pairs);
        List<List<Panel>> rows = new ArrayList<>();
        int columns = shape.dim(shape.rank() - 2);
        int lines = shape.rank() == 3 ? shape.dim(0) : 1;
        for (int i = 0; i < predictions.size(); i++) {
            float[] truth = pairs.get(i).target();
            float[] guess = predictions.get(i).values();
            float[] error = new float[truth.length];
            for (int k = 0; k < error.length; k++) {
                error[k] = Math.abs(guess[k] - truth[k]);
            }
            rows.add(List.of(
                    new Panel(pairing.input(), lines, columns, pairs.get(i).input(), false),
                    new Panel(pairing.output(), lines, columns, truth, false),
                    new Panel("prediction", lines, columns, guess, false),
                    new Panel(
                            String.format(
                                    Locale.ROOT,
                                    "error (%.2f %%)",
                                    100 * predictions.get(i).error()),
                            lines,
                            columns,
                            error,
                            true)));
        }
        if (!rows.isEmpty()) {
            new FieldPicture(rows).write(file);
        }
    }
}
