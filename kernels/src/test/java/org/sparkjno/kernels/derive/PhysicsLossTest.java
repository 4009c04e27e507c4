// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.optimize.Schedule;

/** The loss of a physics-informed network, whose work is compared with that of formulas written by hand. */
class PhysicsLossTest {
    private static final int POINTS = 4096;
    private static final int[] WIDTHS = {2, 64, 64, 64, 64, 1};

    private final Value points = Value.input("points", TensorType.f32(POINTS, 2));
    private final Value source = Value.input("source", TensorType.f32(POINTS, 1));
    private final List<Value> weights = new ArrayList<>();
    private final List<Value> biases = new ArrayList<>();

    PhysicsLossTest() {
        for (int i = 1; i < WIDTHS.length; i++) {
            weights.add(Value.input("w" + i, TensorType.f32(WIDTHS[i - 1], WIDTHS[i])));
            biases.add(Value.input("b" + i, TensorType.f32(WIDTHS[i])));
        }
    }

    private static Value times(Value h, Value w) {
        return h.contract("ik,kj->ij", w);
    }

    private Value network() {
        Value h = points;
        for (int i = 0; i < weights.size(); i++) {
            Value z = times(h, weights.get(i));
            z = z.plus(biases.get(i).broadcastTo(z.shape()));
            h = i + 1 < weights.size() ? z.tanh() : z;
        }
        return h;
    }

    private Value laplacianByHand() {
        Value h = points;
        Value hx = direction(1, 0);
        Value hy = direction(0, 1);
        Value hl = Value.full(points.type(), 0);
        for (int i = 0; i + 1 < weights.size(); i++) {
            Value w = weights.get(i);
            Value z = times(h, w);
            Value zx = times(hx, w);
            Value zy = times(hy, w);
            Value zl = times(hl, w);
            h = z.plus(biases.get(i).broadcastTo(z.shape())).tanh();
            Value d = h.square().negate().plus(1);
            hx = d.times(zx);
            hy = d.times(zy);
            hl = d.times(zl).minus(h.times(d).times(2).times(zx.square().plus(zy.square())));
        }
        return times(hl, weights.get(weights.size() - 1));
    }

    private Value direction(double x, double y) {
        return Value.constant(Literal.of(TensorType.f32(2), x, y)).broadcastTo(points.shape());
    }

    private Schedule step(Value laplacian) {
        Value loss = laplacian.minus(source).square().mean();
        List<Value> inputs = new ArrayList<>(List.of(points, source));
        inputs.addAll(weights);
        inputs.addAll(biases);
        List<Value> parameters = inputs.subList(2, inputs.size());
        List<Value> outputs = new ArrayList<>(List.of(loss));
        outputs.addAll(Derivatives.gradient(loss, parameters));
        return Schedule.of(Graph.of(inputs, outputs), Map.of());
    }

    /** Contractions of a graph and of its loops, each as often as it runs. */
    private static double total(Graph graph, ToDoubleFunction<Value> measure) {
        double total = 0;
        for (Value value : graph.order()) {
            if (value.op() instanceof Op.Contract) {
                total += measure.applyAsDouble(value);
            } else if (value.op() instanceof LoopOp.Scan loop) {
                total += loop.length() * total(loop.body(), measure);
            }
        }
        return total;
    }

    private static double multiplications(Value value) {
        Op.Contract op = (Op.Contract) value.op();
        double product = value.shape().size();
        for (int axis = 0; axis < op.lhs().length(); axis++) {
            if (op.out().indexOf(op.lhs().charAt(axis)) < 0) {
                product *= value.operands().get(0).shape().dim(axis);
            }
        }
        return product;
    }

    /** The share of all points that a contraction works on: one for each, whether it is cut into strips or not. */
    private static double pointShare(Value value) {
        int rows = value.operands().stream()
                .flatMap(operand -> operand.shape().dims().stream())
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        return rows > 64 ? (double) rows / POINTS : 0;
    }

    @Test
    void needsNoMoreProductsThanFormulasByHand() {
        Value laplacian = TaylorMode.apply(DifferentialOperator.laplacian(0, 1), network(), Coordinate.columns(points));
        Graph taylor = step(laplacian).optimised();
        Graph byHand = step(laplacianByHand()).optimised();
        double contractions = total(byHand, PhysicsLossTest::pointShare);
        assertThat(contractions).isBetween(35.0, 45.0);
        assertThat(total(taylor, PhysicsLossTest::pointShare)).isLessThanOrEqualTo(contractions);
        assertThat(total(taylor, PhysicsLossTest::multiplications))
                .isLessThanOrEqualTo(total(byHand, PhysicsLossTest::multiplications));
    }

    @Test
    void firstDirectionsStaySmall() {
        Value slope = TaylorMode.apply(DifferentialOperator.partial(0), network(), Coordinate.columns(points));
        Graph graph = Graph.of(
                List.of(
                        points,
                        weights.get(0),
                        weights.get(1),
                        weights.get(2),
                        weights.get(3),
                        weights.get(4),
                        biases.get(0),
                        biases.get(1),
                        biases.get(2),
                        biases.get(3)),
                List.of(slope));
        assertThat(Schedule.of(graph, Map.of()).optimised().order())
                .filteredOn(value -> value.op() instanceof Op.Contract)
                .anyMatch(value -> value.shape().equals(Shape.of(64)));
    }
}
