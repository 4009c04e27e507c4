// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.sparkjno.lang.problem.History;
import org.sparkjno.lang.problem.Run;
import org.sparkjno.lang.problem.Study;
import org.sparkjno.plot.HistoryPicture;

/**
 * What a trained study leaves in a directory: its models, the curve of its losses, its numbers, and what it writes by itself.
 *
 * @param directory that can be written to
 */
record StudyFiles(Path directory) {
    private static final String METRICS = "metrics.json";
    private static final String MODELS = "models";
    private static final String LOSSES = "losses.png";

    /**
     * Writes all, the study's own files last.
     *
     * @param name of the study
     * @param tasks that trained it
     */
    Outcome write(String name, Study study, Run run, int tasks) throws IOException {
        Map<String, Object> metrics = metrics(run.history());
        metrics.put("tasks", tasks);
        metrics.put("work", run.work());
        new HistoryPicture(name, run.history()).write(directory.resolve(LOSSES));
        run.save(directory.resolve(MODELS));
        metrics.put(MODELS, directory.resolve(MODELS).toString());
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(directory.resolve(METRICS).toFile(), metrics);
        study.report(run, directory);
        String text = String.format(
                Locale.ROOT,
                "%s%nloss after %d steps: %.6g%nmodels: %s%nlosses: %s%nmetrics: %s",
                String.join(System.lineSeparator(), run.work()),
                run.history().steps(),
                run.history().last(),
                directory.resolve(MODELS),
                directory.resolve(LOSSES),
                directory.resolve(METRICS));
        return Outcome.of(metrics, text);
    }

    private static Map<String, Object> metrics(History history) {
        Map<String, Object> losses = new LinkedHashMap<>();
        history.names().forEach(name -> losses.put(name, last(history.loss(name))));
        Map<String, Object> tracked = new LinkedHashMap<>();
        history.trackers().forEach(name -> {
            Map<Integer, Double> seen = history.tracked(name);
            tracked.put(name, seen.get(Collections.max(seen.keySet())));
        });
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("loss", history.last());
        metrics.put("steps", history.steps());
        metrics.put("losses", losses);
        metrics.put("tracked", tracked);
        return metrics;
    }

    private static double last(double[] values) {
        return values[values.length - 1];
    }
}
