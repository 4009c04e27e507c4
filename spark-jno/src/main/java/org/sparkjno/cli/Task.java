// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What all commands share: {@code --json}, {@code --verbose}, and one sentence when something is wrong. Exit status 0 is
 * fine, 1 failed, 2 wrong use.
 */
abstract class Task implements Callable<Integer> {
    @Option(names = "--json", description = "Print one JSON object on stdout and nothing else there.")
    private boolean json;

    @Option(names = "--verbose", description = "Print the stack trace of an error.")
    private boolean verbose;

    @Spec
    private CommandSpec spec;

    /** Does the work. Anything it wants to tell meanwhile goes to {@link #console}. */
    abstract Outcome execute() throws Exception;

    /** Where progress goes: stderr, so that stdout holds only the outcome. */
    final PrintWriter console() {
        return spec.commandLine().getErr();
    }

    /** What to throw where arguments do not make sense together. */
    final ParameterException wrongUse(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    @Override
    public final Integer call() {
        long start = System.nanoTime();
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("command", command());
        try {
            Outcome outcome = execute();
            report.put("status", outcome.success() ? "ok" : "failed");
            report.put("seconds", seconds(start));
            report.putAll(outcome.fields());
            print(json ? write(report) : outcome.text());
            return outcome.success() ? 0 : 1;
        } catch (ParameterException e) {
            throw e;
        } catch (Exception e) {
            String sentence = Sentence.of(e);
            if (json) {
                report.put("status", "failed");
                report.put("seconds", seconds(start));
                report.put("error", sentence);
                print(write(report));
            }
            console().println("jno " + command() + ": " + sentence);
            if (verbose) {
                e.printStackTrace(console());
            }
            console().flush();
            return 1;
        }
    }

    /** The words between {@code jno} and the arguments. */
    private String command() {
        return spec.qualifiedName().substring(spec.root().name().length() + 1);
    }

    private void print(String text) {
        spec.commandLine().getOut().println(text);
        spec.commandLine().getOut().flush();
    }

    private static double seconds(long start) {
        return Math.round((System.nanoTime() - start) * 1e-6) / 1000.0;
    }

    private static String write(Map<String, Object> report) {
        try {
            return new ObjectMapper().writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A report holds something that JSON cannot: " + e.getMessage(), e);
        }
    }
}
