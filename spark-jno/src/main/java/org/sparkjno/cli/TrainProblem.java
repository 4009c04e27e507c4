// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.sparkjno.lang.problem.Problem;
import org.sparkjno.lang.problem.Run;
import org.sparkjno.lang.problem.Study;
import org.sparkjno.lang.problem.Training;
import org.sparkjno.spark.ProblemTraining;
import org.sparkjno.spark.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jno problem}: trains a problem of the traced language that a class of the user's states. */
@Command(
        name = "problem",
        description = "Trains a problem of the traced language, stated by a class that implements"
                + " org.sparkjno.lang.problem.Study: in this process, or on Spark with --tasks or by spark-submit. The class"
                + " is found on the class path and in --jars.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  jno problem org.example.HeatedRod --jars rod.jar --tasks 4 --out runs/rod"})
final class TrainProblem extends Task {
    @Mixin
    private SparkOptions spark;

    @Mixin
    private StudyOptions options;

    @Mixin
    private ExplainOptions explain;

    @Parameters(paramLabel = "CLASS", description = "The class, package included.")
    private String name;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "For the models, the curve of losses and metrics.json. Without it nothing is trained, and"
                    + " --explain alone tells what would be.")
    private Path out;

    @Override
    Outcome execute() throws Exception {
        if (out == null && !explain.isWanted()) {
            throw wrongUse(
                    "Say by --out DIR where the trained models go, or by --explain DIR what is only to be explained.");
        }
        Study study = StudyClass.named(name);
        if (!spark.isAsked()) {
            return execute(
                    study,
                    1,
                    (problem, training, spectator) -> problem.train(
                            training, (steps, loss) -> spectator.accept(new Progress(0, 0, steps, loss, steps))));
        }
        return spark.with(session -> {
            int tasks = spark.tasks(session);
            return execute(
                    study,
                    tasks,
                    (problem, training, spectator) -> ProblemTraining.on(session, tasks)
                            .watchedBy(spectator)
                            .train(problem, training));
        });
    }

    private Outcome execute(Study study, int tasks, Trainer trainer) throws IOException {
        StudyFiles files = out == null ? null : new StudyFiles(OutputDirectory.writable(out, "--out"));
        Problem problem = study.problem();
        Training training = options.of(study.training());
        if (explain.isWanted()) {
            explain.write("problem", problem.explain(training, tasks), console());
            explain.write(problem.functions(training, tasks), console());
        }
        if (files == null) {
            return Outcome.of(Map.of("tasks", tasks), "explained, and not trained");
        }
        Run run = trainer.train(problem, training, Spectator.ofSteps(console(), training.steps()));
        return files.write(name, study, run, tasks);
    }

    /** Trains, here or elsewhere. */
    @FunctionalInterface
    private interface Trainer {
        Run train(Problem problem, Training training, Spectator spectator);
    }
}
