// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** One line that is written over and over: a bar, the loss, the speed and the time left. */
final class ProgressLine {
    private static final int WIDTH = 28;
    private static final long MILLIS_BETWEEN = 200;

    private final PrintWriter out;
    private final boolean terminal;
    private final String unit;
    private final long start = System.nanoTime();
    private long firstDone = -1;
    private long lastShown;
    private int lastTenth = -1;

    /**
     * A progress line.
     *
     * @param out where it goes
     * @param terminal whether the line may be overwritten; otherwise a new line is written for each tenth
     * @param unit in which the speed is told, such as samples
     */
    ProgressLine(PrintWriter out, boolean terminal, String unit) {
        this.out = out;
        this.terminal = terminal;
        this.unit = unit;
    }

    /** Whether this process talks to a person; on newer JDKs the line is then overwritten in files as well. */
    @SuppressWarnings("SystemConsoleNull")
    static boolean isTerminal() {
        return System.console() != null;
    }

    /**
     * Shows the state of a run.
     *
     * @param done steps done
     * @param total steps in all
     * @param unitsPerStep such as the samples in one step of all tasks
     * @param detail such as {@code "loss 0.12"}
     */
    synchronized void show(long done, long total, int unitsPerStep, String detail) {
        if (firstDone < 0) {
            firstDone = done;
        }
        long now = System.nanoTime() / 1_000_000;
        int tenth = (int) (10 * done / Math.max(1, total));
        boolean due = terminal ? now - lastShown >= MILLIS_BETWEEN || done == total : tenth != lastTenth;
        if (!due) {
            return;
        }
        lastShown = now;
        lastTenth = tenth;
        double seconds = (System.nanoTime() - start) * 1e-9;
        double stepsPerSecond = (done - firstDone) / Math.max(1e-9, seconds);
        String left = stepsPerSecond > 0 ? duration((total - done) / stepsPerSecond) : "-";
        int filled = (int) (WIDTH * done / Math.max(1, total));
        String line = String.format(
                Locale.ROOT,
                "[%s%s] %3d %%  step %d/%d  %s  %.0f %s/s  %s left",
                "=".repeat(filled),
                " ".repeat(WIDTH - filled),
                100 * done / Math.max(1, total),
                done,
                total,
                detail,
                stepsPerSecond * unitsPerStep,
                unit,
                left);
        if (terminal) {
            out.print("\r" + line + (done == total ? System.lineSeparator() : "\u001b[K"));
        } else {
            out.println(line);
        }
        out.flush();
    }

    private static String duration(double seconds) {
        long s = Math.round(seconds);
        return s < 60
                ? s + " s"
                : s < 3600 ? s / 60 + " min " + s % 60 + " s" : s / 3600 + " h " + s / 60 % 60 + " min";
    }
}
