// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.datasets.sample.RegularGrid;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.reference.ReferenceDevice;
import org.sparkjno.kernels.function.Selection;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Reduction;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.domain.FieldSource;
import org.sparkjno.lang.domain.Numbers;
import org.sparkjno.lang.domain.PointSource;
import org.sparkjno.lang.domain.SampleSource;
import org.sparkjno.lang.expression.Aggregation;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Callee;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Scheme;
import org.sparkjno.lang.expression.Source;
import org.sparkjno.lang.expression.Term;
import org.sparkjno.lang.expression.Traced;
import org.sparkjno.lang.trace.Frame;
import org.sparkjno.lang.trace.Tracer;
import org.sparkjno.nn.Weights;

/** The values of expressions without trained numbers at the fixed points of their regions, on the reference device in double precision. */
public final class PointValues implements Frame {
    private final Map<Value, Literal> inputs = new LinkedHashMap<>();
    private final Map<Source, Value> known = new LinkedHashMap<>();

    private PointValues() {}

    /** All values of an expression: along its points, then its components. */
    public static double[] of(Expression expression) {
        PointValues frame = new PointValues();
        Value value = new Tracer(frame, List.of(expression)).trace(expression).value();
        Graph graph = Graph.of(List.copyOf(frame.inputs.keySet()), List.of(value));
        try (ReferenceDevice device = new ReferenceDevice()) {
            List<Buffer> buffers = new ArrayList<>();
            frame.inputs.values().forEach(literal -> {
                Buffer buffer = device.allocate(literal.type());
                buffer.write(literal);
                buffers.add(buffer);
            });
            Buffer output = device.allocate(value.type());
            device.compile(graph).bind(buffers, List.of(output)).run();
            return output.read().toArray();
        }
    }

    @Override
    public DType precision() {
        return DType.F64;
    }

    @Override
    public Optional<RegularGrid> grid(Axis axis) {
        return Optional.empty();
    }

    @Override
    public Scheme scheme() {
        return Scheme.AUTOMATIC;
    }

    @Override
    public Traced value(Source source) {
        Value value = known.computeIfAbsent(source, key -> {
            Literal literal = key instanceof PointSource point ? values(point) : values(key);
            Value input = Value.input(key.name(), literal.type());
            inputs.put(input, literal);
            return input;
        });
        return new Traced(value, source.space().axes());
    }

    private static Literal values(PointSource source) {
        Points points = source.region().cloud().draw(0);
        return Literal.of(new TensorType(DType.F64, Shape.of(points.count())), source.values(points));
    }

    private static Literal values(Source source) {
        List<Integer> dims = new ArrayList<>();
        Numbers numbers;
        if (source instanceof SampleSource sample) {
            numbers = sample.numbers();
            dims.add(sample.samples().count());
        } else {
            FieldSource field = (FieldSource) source;
            numbers = field.numbers();
            if (!field.samples().isNone()) {
                dims.add(field.samples().count());
            }
            dims.add(field.region().cloud().draw(0).count());
        }
        dims.addAll(source.space().components().dims());
        Shape shape = new Shape(dims);
        return Literal.of(new TensorType(DType.F64, shape), numbers.draw(Math.toIntExact(shape.size()), 0));
    }

    @Override
    public Weights weights(Callee callee) {
        return Weights.of(Map.of());
    }

    @Override
    public Traced random(Term.Random random) {
        throw new UnsupportedOperationException("There is no noise here.");
    }

    @Override
    public Traced aggregate(Aggregation aggregation, Traced operand, List<Axis> axes) {
        int[] places = axes.stream().mapToInt(operand.axes()::indexOf).toArray();
        Value x = operand.value();
        Value reduced = switch (aggregation) {
            case SUM -> x.sum(places);
            case MEAN -> x.mean(places);
            case MAX -> x.max(places);
            case MIN -> x.reduce(Reduction.MIN, places);
            case MEDIAN -> Selection.median(x, places);
        };
        return new Traced(
                reduced,
                operand.axes().stream().filter(axis -> !axes.contains(axis)).toList());
    }
}
