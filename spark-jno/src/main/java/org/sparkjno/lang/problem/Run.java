// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkjno.kernels.collective.Alone;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.expression.Callee;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Parts;
import org.sparkjno.lang.expression.Source;
import org.sparkjno.lang.expression.Traced;
import org.sparkjno.lang.model.Treatment;
import org.sparkjno.lang.trace.Tracer;

/** A trained problem: its losses, and the numbers of its models, with which any expression can be evaluated. */
public final class Run {
    private final Problem problem;
    private final Training training;
    private final Trained trained;

    private Run(Problem problem, Training training, Trained trained) {
        this.problem = problem;
        this.training = training;
        this.trained = trained;
    }

    /** A problem with what its training came to, wherever that was. */
    public static Run of(Problem problem, Training training, Trained trained) {
        return new Run(problem, training, trained);
    }

    static Run here(Problem problem, Training training, StepListener listener, List<Run> starts) {
        try (Device device = CpuDevice.open(training.threads())) {
            Map<String, byte[]> first = numbers(starts, training.precision());
            return of(problem, training, Trained.by(problem, training, device, new Alone(), listener, first));
        }
    }

    /** The numbers of some runs by full names, in a precision; of two runs the later one counts. */
    public static Map<String, byte[]> numbers(List<Run> runs, DType precision) {
        Map<String, byte[]> numbers = new LinkedHashMap<>();
        for (Run run : runs) {
            run.trained
                    .numbers()
                    .forEach((name, bytes) ->
                            numbers.put(name, Numerals.cast(bytes, run.training.precision(), precision)));
        }
        return numbers;
    }

    /** What was minimised and watched. */
    public History history() {
        return trained.history();
    }

    /** What the step computes once for many uses, one line each. */
    public List<String> sharing() {
        return trained.sharing();
    }

    /** What the first task computed in each step, in one line. */
    public String work() {
        return trained.work();
    }

    /** The values of an expression on all of its own points and samples. */
    public Field evaluate(Expression expression) {
        List<Expression> roots = List.of(expression);
        Feed feed = new Feed(
                Problem.sources(roots),
                training.precision(),
                training.seed(),
                Feed.Batch.ALL,
                Problem.wholeAxes(roots, problem.scheme()),
                1,
                0);
        try (Device device = CpuDevice.open(training.threads());
                Memory memory = new Memory(device)) {
            Map<String, Value> weights = new LinkedHashMap<>();
            Map<Value, ByteBuffer> given = new LinkedHashMap<>();
            for (Group group :
                    Group.of(Parts.callees(roots), Optional.of(new Treatment.Frozen()), training.precision())) {
                ByteBuffer vector = group.layout().allocate();
                group.layout().views(vector).forEach((name, view) -> view.put(number(name)));
                Value input = Value.input("parameters", group.layout().type());
                given.put(input, vector);
                weights.putAll(group.layout().split(input));
            }
            StepFrame frame = new StepFrame(problem.scheme(), feed, feed.share(), weights, Optional.empty());
            Traced traced = new Tracer(frame, roots).trace(expression);
            List<Value> inputs = new ArrayList<>(given.keySet());
            inputs.addAll(frame.inputs().values());
            List<Buffer> buffers = new ArrayList<>();
            for (Value input : inputs) {
                Buffer buffer = memory.allocate(input.type());
                buffers.add(buffer);
                if (given.containsKey(input)) {
                    buffer.write(given.get(input));
                }
            }
            int at = given.size();
            for (Source source : frame.inputs().keySet()) {
                feed.load(source, 0, buffers.get(at));
                at++;
            }
            Buffer output = memory.allocate(traced.value().type());
            try (Executable executable = device.compile(Graph.of(inputs, List.of(traced.value())));
                    Invocation invocation = executable.bind(buffers, List.of(output))) {
                invocation.run();
            }
            return new Field(
                    traced.axes(), traced.value().shape(), output.read().toArray());
        }
    }

    /** The values of an expression on the points of another region with coordinates of the same names. */
    public Field evaluate(Expression expression, Region region) {
        return evaluate(region.restrict(expression));
    }

    private byte[] number(String name) {
        byte[] found = trained.numbers().get(name);
        if (found == null) {
            throw new ExpressionException("This run did not train '" + name + "'; its numbers are "
                    + trained.numbers().keySet() + ".");
        }
        return found;
    }

    /** The models whose numbers this run has. */
    public List<String> models() {
        return problem.callees().stream().map(Callee::name).toList();
    }
}
