// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.explain.ExplanationText;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Parts;
import org.sparkjno.lang.expression.Space;
import org.sparkjno.lang.expression.Term;
import org.sparkjno.lang.feed.Coupling;
import org.sparkjno.lang.feed.Feed;
import org.sparkjno.lang.model.BranchTrunk;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Treatment;
import org.sparkjno.train.StepFunction;

/** What a training computes in each step, and how, as text for people. */
final class Report {
    private final Problem problem;
    private final Training training;
    private final int tasks;
    private final List<Group> groups;
    private final StringBuilder text = new StringBuilder();

    /**
     * A report.
     *
     * @param tasks how many share the work
     */
    Report(Problem problem, Training training, int tasks) {
        this.problem = problem;
        this.training = training;
        this.tasks = tasks;
        this.groups = Group.of(problem.callees(), problem.treatment(), problem.turns(), training.precision());
    }

    /** What is compiled: a step for each turn, or a part of one and its end. */
    List<StepFunction> functions() {
        return functions(steps(new StepGraphs(problem, groups, feed(tasks, 0))));
    }

    private List<StepFunction> functions(List<List<StepGraph>> steps) {
        List<StepFunction> functions = new ArrayList<>();
        for (int turn = 0; turn < steps.size(); turn++) {
            String suffix = steps.size() == 1 ? "" : ", turn " + turn;
            List<StepGraph> stage = steps.get(turn);
            for (int i = 0; i < stage.size(); i++) {
                String title = stage.size() == 1
                        ? "step"
                        : i == 0 ? "part of a step, one of " + training.batch().parts() : "end of a step";
                StepGraph graph = stage.get(i);
                functions.add(new StepFunction(title + suffix, graph.graph(), graph.inPlace()));
            }
        }
        return functions;
    }

    private List<List<StepGraph>> steps(StepGraphs graphs) {
        return IntStream.range(0, problem.turns().list().size())
                .mapToObj(turn -> step(graphs, turn))
                .toList();
    }

    String text() {
        losses();
        models();
        axes();
        parameters();
        List<List<StepGraph>> whole = steps(new StepGraphs(problem, groups, feed(1, 0)));
        List<Feed> feeds =
                IntStream.range(0, tasks).mapToObj(rank -> feed(tasks, rank)).toList();
        List<StepGraph> shares = feeds.stream()
                .map(feed -> step(new StepGraphs(problem, groups, feed), 0).get(0))
                .toList();
        heading("derivatives, and what is shared or gathered");
        shares.get(0).sharing().stream().distinct().forEach(line -> line("  %s", line));
        heading("rows and arithmetic of a step");
        line("  %s", Work.division(feeds.get(0)));
        for (int rank = 0; rank < tasks; rank++) {
            line("  %s", Work.of(feeds.get(rank), shares.get(rank)));
        }
        try (Device device = CpuDevice.open(training.threads())) {
            for (StepFunction function : functions(whole)) {
                heading("compiled " + function.name());
                compiled(device, function);
            }
        }
        return text.toString();
    }

    private void losses() {
        heading("losses");
        for (Entry entry : problem.entries()) {
            line("  %s · %s: %s", number(entry.weight()), entry.name(), entry.loss());
        }
        for (Tracker tracker : problem.trackers()) {
            line("  watched every %d steps, %s: %s", tracker.every(), tracker.name(), tracker.value());
        }
    }

    /** Along which axes each model gets its arguments: a part of it that takes only some of them is computed along theirs. */
    private void models() {
        heading("models");
        Parts.visit(problem.expressions(), part -> {
            if (part.term() instanceof Term.Call call) {
                String arguments = part.operands().stream()
                        .collect(Collectors.groupingBy(
                                argument -> argument.space().axes(), LinkedHashMap::new, Collectors.toList()))
                        .entrySet()
                        .stream()
                        .map(along -> names(along.getValue()) + " along " + space(along.getKey()))
                        .collect(Collectors.joining("; "));
                boolean apart = call.callee() instanceof Model model && model.architecture() instanceof BranchTrunk;
                line(
                        "  %s(%s) has values along %s%s",
                        call.callee().name(),
                        arguments,
                        space(part.space().axes()),
                        apart ? "; its branches and its trunk are computed along their own axes" : "");
            }
        });
    }

    private static String names(List<Expression> arguments) {
        return arguments.stream().map(Expression::toString).collect(Collectors.joining(", "));
    }

    private static String space(List<Axis> axes) {
        return axes.isEmpty() ? "no axis" : axes.stream().map(Axis::name).collect(Collectors.joining(" × "));
    }

    /** How many operations are written along each set of axes: those without samples are done once for all samples. */
    private void axes() {
        heading("operations of the expressions, as written");
        Map<List<Axis>, Integer> counts = new LinkedHashMap<>();
        Parts.visit(problem.expressions(), part -> {
            Term term = part.term();
            if (!(term instanceof Term.Constant) && !(term instanceof Term.Variable) && !term.isRemark()) {
                Space widest = part.operands().stream()
                        .map(Expression::space)
                        .reduce(
                                part.space(),
                                (a, b) -> b.axes().size() > a.axes().size() ? b : a);
                counts.merge(widest.axes(), 1, Integer::sum);
            }
        });
        boolean sampled = counts.keySet().stream().anyMatch(Report::hasSamples);
        counts.forEach((axes, count) -> line(
                "  %d along %s%s", count, space(axes), sampled && !hasSamples(axes) ? ", once for all samples" : ""));
    }

    private static boolean hasSamples(List<Axis> axes) {
        return axes.stream().anyMatch(axis -> axis.kind() == Axis.Kind.SAMPLES);
    }

    private void parameters() {
        heading("parameters");
        for (Group group : groups) {
            line(
                    "  %d numbers (%s) in %d tensors (%s … %s): %s",
                    group.layout().size(),
                    group.dtype().text(),
                    group.layout().parameters().size(),
                    group.layout().parameters().get(0).name(),
                    group.layout()
                            .parameters()
                            .get(group.layout().parameters().size() - 1)
                            .name(),
                    mover(group));
        }
    }

    private String mover(Group group) {
        String turns = problem.turns().list().size() == 1 ? "" : " in the turns " + group.turns();
        return group.treatment() instanceof Treatment.Frozen
                ? "kept as they are"
                : "moved by " + kind(group.treatment()) + turns;
    }

    private static String kind(Treatment treatment) {
        if (treatment instanceof Treatment.Trained trained) {
            return trained.optimiser() + " at the rate " + trained.schedule();
        }
        if (treatment instanceof Treatment.Adapting adapting) {
            return adapting.optimiser() + " at the rate " + adapting.rate();
        }
        return treatment instanceof Treatment.Descending descending
                ? descending.method().toString()
                : treatment.toString();
    }

    private Feed feed(int among, int rank) {
        return new Feed(
                Problem.sources(problem.losses()),
                training.precision(),
                training.seed(),
                training.batch(),
                Coupling.of(problem.losses(), problem.scheme()),
                among,
                rank);
    }

    private List<StepGraph> step(StepGraphs graphs, int turn) {
        int first = graphs.moved(turn).get(0);
        return groups.get(first).treatment() instanceof Treatment.Descending
                ? graphs.slope(turn, first)
                : graphs.update(turn);
    }

    private void compiled(Device device, StepFunction step) {
        try (Executable executable = device.compile(step.graph(), step.inPlace())) {
            new ExplanationText(executable.explain(0)).summary().lines().forEach(line -> line("  %s", line));
        }
    }

    private void heading(String title) {
        line("%s", title);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private void line(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append(System.lineSeparator());
    }
}
