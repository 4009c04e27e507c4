// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import org.sparkjno.lang.problem.Training;
import picocli.CommandLine.Option;

/** What the command line says of the training of a study; the study says the rest. */
final class StudyOptions {
    @Option(names = "--steps", paramLabel = "N", description = "Steps in all; schedules are those of the class.")
    private Integer steps;

    @Option(names = "--seed", paramLabel = "N", description = "Of first weights, points, samples and noise.")
    private Long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of this process; a task of Spark has as many as spark.task.cpus.")
    private Integer threads;

    @Option(names = "--checkpoints", paramLabel = "DIR", description = "Where checkpoints go.")
    private String checkpoints;

    @Option(
            names = "--checkpoint-steps",
            paramLabel = "N",
            description = "Save every N steps, by default ten times in all.")
    private Integer every;

    @Option(names = "--resume", description = "Go on from the newest checkpoint, if there is one.")
    private boolean resume;

    /**
     * The training of a study with what was said here.
     *
     * @throws IllegalArgumentException when what was said does not fit
     */
    Training of(Training stated) {
        Training training = stated;
        if (steps != null) {
            training = training.lasting(steps);
        }
        if (seed != null) {
            training = training.seed(seed);
        }
        if (threads != null) {
            training = training.threads(threads);
        }
        if (checkpoints != null) {
            training = training.checkpoint(checkpoints, every == null ? Math.max(1, training.steps() / 10) : every);
        } else if (every != null || resume && training.saving().isNowhere()) {
            throw new IllegalArgumentException("No directory of checkpoints was named; name it by --checkpoints DIR.");
        }
        return resume ? training.resume() : training;
    }
}
