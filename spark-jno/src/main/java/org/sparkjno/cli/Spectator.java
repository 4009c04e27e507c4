// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Consumer;
import org.sparkjno.spark.Progress;

/** Watches a training run for the user: the progress line, restarts, and how many samples were seen. */
final class Spectator implements Consumer<Progress> {
    private final PrintWriter console;
    private final ProgressLine line;
    private final long steps;
    private final int samplesPerStep;
    private int generation;
    private long firstSample = -1;
    private long lastSample;

    private Spectator(PrintWriter console, long steps, int samplesPerStep, String unit) {
        this.console = console;
        this.line = new ProgressLine(console, ProgressLine.isTerminal(), unit);
        this.steps = steps;
        this.samplesPerStep = samplesPerStep;
    }

    /**
     * A spectator of samples.
     *
     * @param steps of the whole run
     * @param samplesPerStep of all replicas together
     */
    static Spectator ofSamples(PrintWriter console, long steps, int samplesPerStep) {
        return new Spectator(console, steps, samplesPerStep, "samples");
    }

    /**
     * A spectator of steps.
     *
     * @param steps of the whole run
     */
    static Spectator ofSteps(PrintWriter console, long steps) {
        return new Spectator(console, steps, 1, "steps");
    }

    @Override
    public synchronized void accept(Progress progress) {
        if (progress.rank() != 0) {
            return;
        }
        if (progress.generation() > generation) {
            generation = progress.generation();
            console.println();
            console.println("a task was lost; generation " + generation + " goes on from step " + progress.step());
            console.flush();
        }
        if (firstSample < 0) {
            firstSample = progress.samples();
        }
        lastSample = progress.samples();
        String loss = Double.isNaN(progress.loss()) ? "" : String.format(Locale.ROOT, "loss %.4f", progress.loss());
        line.show(progress.step(), steps, samplesPerStep, loss);
    }

    /** Samples that this run has trained on, without those of the run that it resumed. */
    synchronized long samples() {
        return lastSample - Math.max(0, firstSample);
    }
}
