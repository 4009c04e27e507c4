// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sparkjno.amg.configuration.SolverConfiguration;
import org.sparkjno.amg.gallery.Convection;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.reference.ReferenceDevice;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/** Preconditioners as linear operations of graphs. */
class GraphPreconditionerTest {
    private static final CsrMatrix WIND = Convection.diagonal(40, 1e-3);

    private static double[] random(int n, long seed) {
        return new Random(seed).doubles(n, -1, 1).toArray();
    }

    private static List<Literal> run(Graph graph, List<Literal> arguments) {
        try (Device device = new ReferenceDevice()) {
            return Runs.call(device, graph, arguments);
        }
    }

    @Test
    void valuesTangentsAndCotangentsAreThoseOfTheMapping() {
        int n = WIND.rows();
        for (int width : new int[] {1, 3}) {
            TensorType type = width == 1 ? TensorType.f64(n) : TensorType.f64(n, width);
            PreparedSystem system = Solver.auto().prepare(WIND);
            GraphPreconditioner preconditioner = GraphPreconditioner.of(system);
            Value r = Value.input("r", type);
            Value dr = Value.input("dr", type);
            Value g = Value.input("g", type);
            Value z = preconditioner.apply(r);
            Graph graph = Graph.of(
                    List.of(r, dr, g),
                    List.of(
                            z,
                            Derivatives.jvp(List.of(z), List.of(r), List.of(dr)).get(0),
                            Derivatives.vjp(List.of(z), List.of(r), List.of(g)).get(0)));
            List<double[]> vectors = List.of(random(n * width, 1), random(n * width, 2), random(n * width, 3));
            List<Literal> actual =
                    run(graph, vectors.stream().map(v -> Literal.of(type, v)).toList());

            double[] expected = new double[n * width];
            system.preconditioner().begin(width).apply(vectors.get(0), expected);
            assertThat(actual.get(0).toArray()).isEqualTo(expected);
            system.preconditioner().begin(width).apply(vectors.get(1), expected);
            assertThat(actual.get(1).toArray()).isEqualTo(expected);
            system.preconditioner().transposed().begin(width).apply(vectors.get(2), expected);
            assertThat(actual.get(2).toArray()).isEqualTo(expected);
            double left = 0;
            double right = 0;
            for (int i = 0; i < expected.length; i++) {
                left += vectors.get(2)[i] * actual.get(1).get(i);
                right += vectors.get(1)[i] * actual.get(2).get(i);
            }
            assertThat(left).isCloseTo(right, within(1e-9 * Math.abs(left)));
        }
    }

    /** A few steps of Richardson's iteration, written as a graph, for a matrix whose negative is preconditioned. */
    @Test
    void iterationsWrittenAsGraphs() {
        CsrMatrix a = Stencils.laplacian(40, -1, -1);
        int n = a.rows();
        GraphPreconditioner preconditioner =
                GraphPreconditioner.of(Solver.auto().prepare(a));
        Value b = Value.input("b", TensorType.f32(n));
        Value stored = Value.constant(Literal.of(TensorType.f32(a.entries()), a.values()));
        Value x = preconditioner.apply(b);
        SystemShape shape = SystemShape.of(a.pattern(), stored.type(), b.type());
        for (int step = 0; step < 8; step++) {
            x = x.plus(preconditioner.apply(b.minus(shape.product(stored, x))));
        }
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        double[] solution = run(Graph.of(List.of(b), List.of(x)), List.of(Literal.of(b.type(), ones)))
                .get(0)
                .toArray();
        double[] exact = Solver.auto().tolerance(1e-12).solve(a, ones).values();
        double largest = Arrays.stream(exact).map(Math::abs).max().orElse(0);
        assertThat(solution).containsExactly(exact, within(1e-4 * largest));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        GraphPreconditioner preconditioner =
                GraphPreconditioner.of(Solver.auto().prepare(WIND));
        assertThatThrownBy(() -> preconditioner.apply(Value.input("r", TensorType.f64(3))))
                .hasMessageContaining("takes residuals [1600] or [1600, width] of f32 or f64, but got f64[3]");
        PreparedSystem krylov = SolverConfiguration.of(
                        Map.of("method", "fgmres", "preconditioner", "aggregation", "cycle", "k"))
                .solver()
                .prepare(Stencils.laplacian(40, 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GraphPreconditioner.of(krylov))
                .withMessageContaining("take a V, W or F cycle");
    }
}
