// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Devices;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.device.reference.Reference;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

class ImplicitFunctionsTest {
    private static final ImplicitFunctions.Settings DENSE =
            new ImplicitFunctions.Settings(60, 1e-15, LinearSolver.dense());

    private static Literal numbers(TensorType type, double low, double high) {
        return Literal.of(
                type, new Random(8).doubles(type.shape().size(), low, high).toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5, 9})
    void solvesLinearSystems(int size) {
        Value a = Value.input("a", TensorType.f64(size, size));
        Value b = Value.input("b", TensorType.f64(size));
        Value x = LinearSolve.solve(v -> a.contract("ij,j->i", v), b, LinearSolver.dense());
        Graph graph =
                Graph.of(List.of(a, b), List.of(x, a.contract("ij,j->i", x).minus(b)));
        List<Literal> point = List.of(numbers(a.type(), -1, 1), numbers(b.type(), -1, 1));
        List<Literal> expected = Reference.call(graph, point);
        assertThat(expected.get(1).toArray()).containsExactly(new double[size], within(1e-12));
        try (Device cpu = CpuDevice.open()) {
            assertThat(Devices.call(cpu, graph, point).get(0).toArray())
                    .containsExactly(expected.get(0).toArray(), within(1e-11));
        }
        DerivativeCheck.check(Graph.of(List.of(a, b), List.of(x)), point, size);
    }

    /** A zero on the diagonal needs an exchange of rows, a different one in each system. */
    @Test
    void pivotsEachSystemOnItsOwn() {
        Value a = Value.input("a", TensorType.f64(2, 2, 2));
        Value b = Value.input("b", TensorType.f64(2, 2));
        Value x = LinearSolve.solve(v -> a.contract("bij,bj->bi", v), b, LinearSolver.blocks());
        Graph graph = Graph.of(List.of(a, b), List.of(x));
        List<Literal> point =
                List.of(Literal.of(a.type(), 0, 2, 4, 1, 8, 1, 0, 0.5), Literal.of(b.type(), 2, 5, 9, 0.5));
        assertThat(Reference.call(graph, point).get(0).toArray()).containsExactly(1, 1, 1, 1);
        DerivativeCheck.check(graph, point, 3);
    }

    @Test
    void fixedPointsOfContractions() {
        Value w = Value.input("w", TensorType.f64(3, 3));
        Value b = Value.input("b", TensorType.f64(3));
        ImplicitFunctions.Solution point = ImplicitFunctions.fixedPoint(
                y -> w.contract("ij,j->i", y).tanh().times(0.5).plus(b), Value.full(b.type(), 0), DENSE);
        List<Literal> arguments = List.of(numbers(w.type(), -0.8, 0.8), numbers(b.type(), -1, 1));
        assertThat(Reference.call(Graph.of(List.of(w, b), List.of(point.isConverged())), arguments))
                .containsExactly(Literal.scalar(DType.BOOL, 1));
        DerivativeCheck.check(Graph.of(List.of(w, b), List.of(point.value())), arguments, 4);
    }

    /** y³ + p y = q at every element. */
    @Test
    void rootsElementByElement() {
        Value p = Value.input("p", TensorType.f64(4));
        Value q = Value.input("q", TensorType.f64(4));
        for (LinearSolver solver : List.of(LinearSolver.elements(), LinearSolver.dense())) {
            Value y = ImplicitFunctions.rootOf(
                            v -> v.square().times(v).plus(p.times(v)).minus(q),
                            Value.full(p.type(), 1),
                            new ImplicitFunctions.Settings(30, 1e-15, solver))
                    .value();
            Graph graph = Graph.of(
                    List.of(p, q),
                    List.of(y, y.square().times(y).plus(p.times(y)).minus(q)));
            List<Literal> point = List.of(numbers(p.type(), 0.5, 2), numbers(q.type(), -1, 2));
            assertThat(Reference.call(graph, point).get(1).toArray()).containsExactly(new double[4], within(1e-14));
            DerivativeCheck.check(Graph.of(List.of(p, q), List.of(y)), point, 5);
        }
    }

    @Test
    void gradientsOfRootsCompile() {
        Value p = Value.input("p", TensorType.f64(6));
        Value y = ImplicitFunctions.rootOf(
                        v -> v.plus(v.sum().times(0.1).tanh().broadcastTo(v.shape()))
                                .minus(p.exp()),
                        Value.full(p.type(), 0),
                        DENSE)
                .value();
        Value gradient = Derivatives.gradient(y.square().sum(), p).get(0);
        Graph graph =
                Graph.of(List.of(p), List.of(gradient, Hessian.of(y.square().sum(), p)));
        List<Literal> point = List.of(numbers(p.type(), -1, 1));
        List<Literal> expected = Reference.call(graph, point);
        try (Device cpu = CpuDevice.open()) {
            List<Literal> actual = Devices.call(cpu, graph, point);
            for (int i = 0; i < 2; i++) {
                assertThat(actual.get(i).toArray())
                        .containsExactly(expected.get(i).toArray(), within(1e-10));
            }
        }
    }

    @Test
    void saysWhetherItConverged() {
        Value p = Value.input("p", TensorType.f64());
        ImplicitFunctions.Solution diverging =
                ImplicitFunctions.fixedPoint(y -> y.times(2).plus(p), Value.full(p.type(), 1), DENSE);
        assertThat(Reference.call(Graph.of(List.of(p), List.of(diverging.isConverged())), Literal.scalar(DType.F64, 1)))
                .containsExactly(Literal.scalar(DType.BOOL, 0));
    }

    @Test
    void refusesWhatIsNoEquation() {
        Value p = Value.input("p", TensorType.f64(2));
        assertThatThrownBy(() -> ImplicitFunctions.rootOf(y -> y.sum(), p, DENSE))
                .isInstanceOf(ShapeException.class)
                .hasMessage("An equation for f64[2] needs as many conditions, but gives f64[].");
        assertThatThrownBy(() -> new ImplicitFunctions.Settings(0, 1, LinearSolver.dense()))
                .hasMessageContaining("at least one iteration");
    }
}
