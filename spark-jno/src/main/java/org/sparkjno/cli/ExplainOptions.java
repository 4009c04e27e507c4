// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.explain.Explanation;
import org.sparkjno.kernels.explain.ExplanationText;
import org.sparkjno.kernels.optimize.Stage;
import org.sparkjno.plot.ArenaPicture;
import org.sparkjno.train.StepFunction;
import picocli.CommandLine.Option;

/** The option of commands that compile: see inside what was compiled. */
final class ExplainOptions {
    private static final int TIMED_RUNS = 11;

    @Option(
            names = "--explain",
            paramLabel = "DIR",
            description =
                    "For each compiled function write to a directory there: the graph after each pass, the kernels "
                            + "with their C, traffic, operations and times, and the arena as a table and a picture.")
    private Path directory;

    /** Whether the user asked for it. */
    boolean isWanted() {
        return directory != null;
    }

    /** Writes down a text about all functions, if the user asked for it. */
    void write(String name, String text, PrintWriter console) throws IOException {
        if (directory == null) {
            return;
        }
        Path place = Files.createDirectories(OutputDirectory.writable(directory, "--explain"));
        Files.writeString(place.resolve(name + ".txt"), text);
        console.print(text);
        console.flush();
    }

    /** Writes down functions as this machine compiles them, if the user asked for it. */
    void write(List<StepFunction> functions, PrintWriter console) throws IOException {
        if (directory == null) {
            return;
        }
        try (Device device = CpuDevice.open()) {
            for (StepFunction function : functions) {
                try (Executable executable = device.compile(function.graph(), function.inPlace())) {
                    write(function.name(), executable, console);
                }
            }
        }
    }

    /** Writes down a compiled function, if the user asked for it. */
    void write(String name, Executable executable, PrintWriter console) throws IOException {
        if (directory == null) {
            return;
        }
        Path place = Files.createDirectories(
                OutputDirectory.writable(directory, "--explain").resolve(name.replace(' ', '-')));
        Explanation explanation = executable.explain(TIMED_RUNS);
        List<Stage> stages = explanation.stages();
        for (int i = 0; i < stages.size(); i++) {
            String file = i + "-" + stages.get(i).name().replace(' ', '-') + ".graph";
            Files.writeString(place.resolve(file), stages.get(i).graph().print());
        }
        ExplanationText text = new ExplanationText(explanation);
        Files.writeString(place.resolve("kernels.txt"), text.kernels());
        Files.writeString(place.resolve("kernels.c"), text.source());
        Files.writeString(place.resolve("arena.txt"), text.arena());
        Files.writeString(place.resolve("summary.txt"), text.summary());
        new ArenaPicture(name, explanation.arena()).write(place.resolve("arena.png"));
        console.println("compiled " + name + ", explained in " + place);
        text.summary().lines().forEach(line -> console.println("  " + line));
        console.flush();
    }
}
