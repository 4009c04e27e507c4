// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Parts;
import org.sparkjno.lang.expression.Source;
import org.sparkjno.lang.expression.Traced;
import org.sparkjno.lang.feed.Batch;
import org.sparkjno.lang.feed.Coupling;
import org.sparkjno.lang.feed.Feed;
import org.sparkjno.lang.feed.Numerals;
import org.sparkjno.lang.feed.Portions;
import org.sparkjno.lang.feed.Reserve;
import org.sparkjno.lang.model.Treatment;
import org.sparkjno.lang.trace.Tracer;
import org.sparkjno.train.Scope;

/** Some expressions as one compiled function, which is run for one portion of the samples and points after another. */
final class Evaluation implements AutoCloseable {
    private final Device device;
    private final Reserve reserve;
    private final Feed feed;
    private final Map<Value, ByteBuffer> numbers = new LinkedHashMap<>();
    private final Map<Source, Value> sources = new LinkedHashMap<>();
    private final List<Traced> traced;
    private final Executable executable;

    /**
     * Compiles expressions.
     *
     * @param device where they are computed
     * @param given numbers of models by full names
     * @param rows samples times points that are computed at once, where they can be divided
     */
    Evaluation(
            List<Expression> roots, EvaluationSettings settings, Device device, Map<String, Packed> given, int rows) {
        this.device = device;
        Set<Source> all = new LinkedHashSet<>(Problem.sources(roots));
        all.removeIf(PutIn.class::isInstance);
        Coupling coupling = Coupling.of(roots, settings.scheme());
        this.reserve = new Reserve(all, settings.precision(), settings.seed(), Map.of());
        Batch batch = Portions.of(roots, all, coupling.together(), reserve::available, rows);
        this.feed = new Feed(reserve, all, batch, coupling, 1, 0);
        Map<String, Value> weights = new LinkedHashMap<>();
        for (Group group : Group.of(Parts.callees(roots), Optional.of(new Treatment.Frozen()), settings.precision())) {
            ByteBuffer vector = group.layout().allocate();
            group.layout().views(vector).forEach((name, view) -> put(name, given, group.dtype(), view));
            Value input = Value.input("parameters", group.layout().type());
            numbers.put(input, vector);
            weights.putAll(group.layout().split(input));
        }
        StepFrame frame = new StepFrame(settings.scheme(), feed, weights, Optional.empty());
        Tracer tracer = new Tracer(frame, roots);
        this.traced = roots.stream().map(tracer::trace).toList();
        frame.inputs().forEach((data, input) -> sources.put(data.source(), input));
        List<Value> inputs = new ArrayList<>(numbers.keySet());
        inputs.addAll(sources.values());
        this.executable = device.compile(
                Graph.of(inputs, traced.stream().map(Traced::value).toList()));
    }

    private static void put(String name, Map<String, Packed> given, DType dtype, ByteBuffer view) {
        if (!given.containsKey(name)) {
            throw new ExpressionException(
                    "There are no numbers for '" + name + "'; there are those of " + given.keySet() + ".");
        }
        byte[] found = given.get(name).in(dtype).bytes();
        if (found.length != view.remaining()) {
            throw new ExpressionException("There are " + found.length + " bytes for '" + name
                    + "', but the model needs " + view.remaining() + "; evaluate the model that was trained.");
        }
        view.put(found);
    }

    /**
     * The values.
     *
     * @param names of the expressions
     * @param putIn the numbers that are put in for variables
     */
    List<Field> run(List<String> names, Map<PutIn, Double> putIn) {
        List<double[]> results = traced.stream()
                .map(one -> new double[Math.toIntExact(shape(one).size())])
                .toList();
        try (Scope memory = new Scope()) {
            List<Buffer> inputs = new ArrayList<>();
            numbers.forEach((input, vector) -> {
                Buffer buffer = allocate(input.type(), memory);
                buffer.write(vector);
                inputs.add(buffer);
            });
            int first = inputs.size();
            sources.values().forEach(input -> inputs.add(allocate(input.type(), memory)));
            List<Buffer> outputs = traced.stream()
                    .map(one -> allocate(one.value().type(), memory))
                    .toList();
            Invocation invocation = executable.bind(inputs, outputs);
            memory.own(invocation::close);
            for (Map<Axis, Integer> starts : Portions.starts(feed.extents(), reserve::available)) {
                int at = first;
                for (Source source : sources.keySet()) {
                    load(source, starts, putIn, inputs.get(at));
                    at++;
                }
                invocation.run();
                for (int i = 0; i < results.size(); i++) {
                    double[] part = outputs.get(i).read().toArray();
                    Traced one = traced.get(i);
                    place(part, one.value().shape(), results.get(i), shape(one), one.axes(), starts);
                }
            }
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            fields.add(field(names.get(i), traced.get(i), results.get(i)));
        }
        return fields;
    }

    private void load(Source source, Map<Axis, Integer> starts, Map<PutIn, Double> putIn, Buffer target) {
        if (source instanceof PutIn number) {
            target.write(
                    Numerals.of(new double[] {putIn.get(number)}, target.type().dtype()));
        } else {
            feed.load(source, axis -> rows(axis, starts), target);
        }
    }

    private Buffer allocate(TensorType type, Scope memory) {
        Buffer buffer = device.allocate(type);
        memory.own(buffer::close);
        return buffer;
    }

    private int[] rows(Axis axis, Map<Axis, Integer> starts) {
        int[] rows = new int[feed.extents().get(axis)];
        Arrays.setAll(rows, i -> starts.get(axis) + i);
        return rows;
    }

    private Field field(String name, Traced one, double[] values) {
        List<Field.Place> places = one.axes().stream()
                .filter(axis -> reserve.region(axis) != null)
                .map(this::place)
                .toList();
        return new Field(name, one.axes(), shape(one), values, places);
    }

    private Field.Place place(Axis axis) {
        Region region = reserve.region(axis);
        return new Field.Place(region, reserve.points(axis), region.cloud().cells());
    }

    /** Shape of all values. */
    private Shape shape(Traced one) {
        List<Integer> dims = new ArrayList<>();
        one.axes().forEach(axis -> dims.add(reserve.available(axis)));
        dims.addAll(one.components().dims());
        return new Shape(dims);
    }

    /** Copies the values of a portion to where they belong. */
    private static void place(
            double[] part, Shape own, double[] whole, Shape all, List<Axis> axes, Map<Axis, Integer> starts) {
        ToIntFunction<Integer> start = axis -> axis < axes.size() ? starts.get(axes.get(axis)) : 0;
        int run = own.rank() == 0 ? 1 : own.dim(own.rank() - 1);
        for (int from = 0; from < part.length; from += run) {
            int rest = from;
            int to = 0;
            int stride = 1;
            for (int axis = own.rank() - 1; axis >= 0; axis--) {
                to += (start.applyAsInt(axis) + rest % own.dim(axis)) * stride;
                rest /= own.dim(axis);
                stride *= all.dim(axis);
            }
            System.arraycopy(part, from, whole, to, run);
        }
    }

    @Override
    public void close() {
        executable.close();
    }
}
