// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code jno COMMAND …}. */
@Command(
        name = "jno",
        description = "Trains neural operators on Apache Spark and solves sparse linear systems.",
        mixinStandardHelpOptions = true,
        version = "Spark-jNO 0.1.0",
        subcommands = {
            Quickstart.class,
            Generate.class,
            Train.class,
            TrainProblem.class,
            Evaluate.class,
            Predict.class,
            Solve.class,
            Bench.class,
            Doctor.class,
            CommandLine.HelpCommand.class
        },
        footer = {"", "Example:", "  jno train darcy --epochs 20 --out runs/darcy"})
public final class Jno {
    /** Runs a command and ends the JVM with its exit status. */
    public static void main(String[] args) {
        System.exit(run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                args));
    }

    /**
     * Runs a command.
     *
     * @param out for the outcome
     * @param err for progress and errors
     * @return exit status: 0 fine, 1 failed, 2 wrong use
     */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = new CommandLine(new Jno()).setOut(out).setErr(err);
        if (args.length == 0) {
            line.usage(err);
            return 2;
        }
        return line.execute(args);
    }
}
