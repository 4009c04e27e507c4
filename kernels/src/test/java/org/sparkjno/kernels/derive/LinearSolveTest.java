// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.device.reference.Reference;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/** What a solver is told of the systems that it solves. */
class LinearSolveTest {
    private static final int SIZE = 4;

    private final Value a = Value.input("a", TensorType.f64(SIZE, SIZE));
    private final Value b = Value.input("b", TensorType.f64(SIZE));
    private final Value guess = Value.input("guess", b.type());
    private final LinearOperator operator = LinearOperator.of(
            List.of(b, a), (x, p) -> p.get(1).contract("ij,j->i", x).plus(a.contract("ij,j->i", x)), b.type());
    private final List<LinearSystem> systems = new ArrayList<>();
    /** One step from the guess, which for an exact solver of corrections is the solution. */
    private final LinearSolver solver = system -> {
        systems.add(system);
        Value start = system.guess().orElse(Value.full(system.rhs().type(), 0));
        Value residual = system.rhs().minus(system.operator().apply(start));
        return start.plus(LinearSolver.dense().solve(new LinearSystem(system.operator(), residual)));
    };

    private static Literal random(TensorType type, long seed) {
        return Literal.of(type, new Random(seed).doubles(type.shape().size()).toArray());
    }

    @Test
    void derivativesInTheGuessAreZero() {
        Value x = LinearSolve.solve(operator, b, guess, solver);
        List<Value> gradient = Derivatives.gradient(x.square().sum(), a, b, guess);
        Value again =
                Derivatives.gradient(gradient.get(1).square().sum(), guess).get(0);

        List<Value> outputs = new ArrayList<>(gradient);
        outputs.add(again);
        List<Literal> values = Reference.call(
                Graph.of(List.of(a, b, guess), outputs),
                List.of(random(a.type(), 1), random(b.type(), 2), random(b.type(), 3)));

        assertThat(values.get(2).toArray()).containsOnly(0);
        assertThat(values.get(3).toArray()).containsOnly(0);
        assertThat(values.get(1).toArray()).doesNotContain(0);
        DerivativeCheck.check(
                Graph.of(List.of(a, b), List.of(LinearSolve.solve(operator, b, b, solver))),
                List.of(random(a.type(), 1), random(b.type(), 2)),
                3);
    }

    @Test
    void solversSeeWhatTheySolve() {
        Value x = LinearSolve.solve(operator, b, guess, solver);
        assertThat(systems).hasSize(1);
        assertThat(systems.get(0).guess()).contains(guess);
        assertThat(systems.get(0).isDerivative()).isFalse();
        assertThat(systems.get(0).operator().parameters()).startsWith(b, a);

        Derivatives.gradient(x.sum(), b);

        LinearSystem adjoint = systems.get(systems.size() - 1);
        assertThat(adjoint.operator().isTransposed()).isTrue();
        assertThat(adjoint.isDerivative()).isTrue();
        assertThat(adjoint.guess()).isEmpty();
        assertThat(adjoint.operator().parameters()).startsWith(b, a);
        assertThat(adjoint.operator().forward())
                .isSameAs(systems.get(0).operator().forward())
                .isSameAs(adjoint.operator().transposed().forward());
        assertThat(adjoint.operator().transposed().isTransposed()).isFalse();
    }

    @Test
    void transposesAreTransposes() {
        Value u = Value.input("u", b.type());
        Value v = Value.input("v", b.type());
        Value left = operator.apply(u).times(v).sum();
        Value right = operator.transposed().apply(v).times(u).sum();
        Value twice = operator.transposed().transposed().apply(u).minus(operator.apply(u));
        List<Literal> values = Reference.call(
                Graph.of(List.of(a, b, u, v), List.of(left, right, twice)),
                List.of(random(a.type(), 1), random(b.type(), 2), random(b.type(), 3), random(b.type(), 4)));
        assertThat(values.get(0).get(0)).isCloseTo(values.get(1).get(0), within(1e-12));
        assertThat(values.get(2).toArray()).containsOnly(0);
    }

    @Test
    void refusesWhatIsNoSystem() {
        assertThatThrownBy(() -> LinearOperator.of(x -> x.sum(), b.type()))
                .isInstanceOf(ShapeException.class)
                .hasMessage("A linear system in f64[4] needs as many equations, but its operator gives f64[].");
        assertThatThrownBy(() -> LinearSolve.solve(operator, b, a, solver))
                .hasMessage("The initial guess of a linear system in f64[4] needs that type, but is f64[4,4].");
    }
}
