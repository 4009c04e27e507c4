// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.nn.Evaluated;
import org.sparkjno.nn.Initialiser;
import org.sparkjno.nn.LayerCheck;
import org.sparkjno.nn.Parameter;
import org.sparkjno.nn.ParameterLayout;
import org.sparkjno.nn.Weights;

/** The rules on the quadratic ½θ² and on matrices, against the same recurrences in plain Java. */
class RulesTest {
    private static final ParameterLayout ONE = layout(new Parameter("theta", Shape.of(1), new Initialiser.Constant(1)));

    private static ParameterLayout layout(Parameter... parameters) {
        return ParameterLayout.of(List.of(parameters), DType.F64);
    }

    private static Value half(Weights weights) {
        return weights.get("theta").square().sum().times(0.5);
    }

    private static double theta(Optimiser optimiser) {
        return Minimisation.run(optimiser, ONE, RulesTest::half, Schedule.constant(0.1), 3)
                .vectors()
                .get("parameters")[0];
    }

    @Test
    void plainDescentShrinksAQuadratic() {
        assertThat(theta(Sgd.of())).isEqualTo(0.9 * 0.9 * 0.9, within(1e-15));
        assertThat(theta(new Sgd(0, false, 1))).isEqualTo(0.8 * 0.8 * 0.8, within(1e-15));
    }

    @Test
    void momentumAndNesterovFollowTheirRecurrences() {
        double heavy = 1;
        double nesterov = 1;
        double v = 0;
        double w = 0;
        for (int i = 0; i < 3; i++) {
            v = 0.9 * v + heavy;
            heavy -= 0.1 * v;
            double slope = nesterov;
            w = 0.9 * w + slope;
            nesterov -= 0.1 * (slope + 0.9 * w);
        }
        assertThat(theta(Sgd.withMomentum(0.9))).isEqualTo(heavy, within(1e-15));
        assertThat(theta(new Sgd(0.9, true, 0))).isEqualTo(nesterov, within(1e-15));
    }

    @Test
    void lionMovesByTheSign() {
        assertThat(theta(Lion.of())).isEqualTo(0.7, within(1e-15));
        assertThat(theta(new Lion(0.9, 0.99, 1))).isEqualTo(((0.8 * 0.9 - 0.1) * 0.9) - 0.1, within(1e-15));
    }

    @Test
    void soapIsAdamForVectors() {
        Adam adam = new Adam(0.95, 0.95, 1e-8, 0, Adam.Coupling.L2);
        assertThat(theta(Soap.of())).isEqualTo(theta(adam), within(1e-14));
    }

    /** Until the first basis takes effect, SOAP is Adam for matrices too. */
    @Test
    void soapBeginsAsAdam() {
        ParameterLayout layout = matrix(4, 3);
        Soap soap = new Soap(0.95, 0.95, 1e-8, 0, 50, 100);
        Adam adam = new Adam(0.95, 0.95, 1e-8, 0, Adam.Coupling.L2);
        double[] a = run(soap, layout, 20, 0.01).vectors().get("parameters");
        double[] b = run(adam, layout, 20, 0.01).vectors().get("parameters");
        assertThat(a).containsExactly(b, within(1e-12));
    }

    /** The bases stay orthogonal, and diagonalise their matrices, of eigenvalues that fall by 0.3 each. */
    @Test
    void soapFindsTheEigenvectors() {
        int n = 7;
        Eigenbases bases = new Eigenbases(n, 2, 0, 3);
        TensorType type = TensorType.f64(2, n, n);
        Value s = Value.input("s", type);
        Value q = Value.input("q", type);
        Value next = Value.input("next", type);
        Value phase = Value.input("phase", TensorType.f64());
        Value columns = bases.advance(s, q, next, phase);
        List<Value> outputs = List.of(
                bases.current(q, columns, phase).plus(bases.identity(DType.F64)),
                columns,
                q.contract("gki,gkj->gij", s).contract("gik,gkj->gij", q).plus(next.times(phase.times(0))),
                q.contract("gki,gkj->gij", q).plus(s.times(0)).plus(next.times(phase.times(0))));

        double[] symmetric = new double[2 * n * n];
        double[] noise = Evaluated.noise("eigen", 2L * n * n);
        double[] identity = new double[2 * n * n];
        for (int i = 0; i < 2 * n; i++) {
            identity[i * n + i % n] = 1;
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++) {
                    int other = i / n * n + j;
                    symmetric[i * n + j] += noise[i * n + k] * noise[other * n + k] * StrictMath.pow(0.3, k);
                }
            }
        }
        double[][] results = {identity, new double[2 * n * n]};
        for (int step = 0; step < 180; step++) {
            Map<Value, double[]> inputs = new LinkedHashMap<>();
            inputs.put(s, symmetric);
            inputs.put(q, results[0]);
            inputs.put(next, results[1]);
            inputs.put(phase, new double[] {step % 3});
            results = LayerCheck.run(inputs, outputs);
        }
        assertThat(results[3]).containsExactly(identity, within(1e-13));
        for (int i = 0; i < 2 * n; i++) {
            for (int j = 0; j < n; j++) {
                if (i % n != j) {
                    assertThat(results[2][i * n + j]).isEqualTo(0, within(1e-5));
                }
            }
        }
        assertThat(Soap.of().over(matrix(n, n)).state().get(2).type().shape()).isEqualTo(Shape.of(2 * n * n));
    }

    private static Value constant(double[] numbers, int rows) {
        return Value.constant(Literal.of(TensorType.f64(rows, rows), numbers));
    }

    /** tr(XᵀAXB) with ill-conditioned A and B in rotated coordinates: what Adam cannot see and SOAP can. */
    @Test
    void soapIsFasterThanAdamOnARotatedQuadratic() {
        ParameterLayout layout = matrix(8, 6);
        double adam = run(new Adam(0.95, 0.95, 1e-8, 0, Adam.Coupling.L2), layout, 600, 0.02)
                .last();
        Minimisation.Outcome soap = run(new Soap(0.95, 0.95, 1e-8, 0, 5, 100), layout, 600, 0.02);
        assertThat(soap.last()).isLessThan(0.1 * adam);
        assertThat(soap.vectors().get("bases")).hasSize(64 + 36);
    }

    private static ParameterLayout matrix(int rows, int columns) {
        return layout(
                new Parameter("x", Shape.of(rows, columns), new Initialiser.Normal(0, 1)),
                new Parameter("b", Shape.of(columns), new Initialiser.Constant(1)));
    }

    private static Minimisation.Outcome run(Optimiser optimiser, ParameterLayout layout, int steps, double rate) {
        Shape shape = layout.parameters().get(0).shape();
        Value a = factor("a", shape.dim(0));
        Value b = factor("b", shape.dim(1));
        return Minimisation.run(
                optimiser,
                layout,
                weights -> weights.get("x")
                        .contract("ij,ki->kj", a)
                        .contract("kj,lj->kl", b)
                        .square()
                        .sum()
                        .plus(weights.get("b").square().sum()),
                new Schedule.Cosine(rate, 0, steps),
                steps);
    }

    /** A random matrix with rows of decreasing size. */
    private static Value factor(String name, int n) {
        double[] elements = Evaluated.noise(name, (long) n * n);
        for (int i = 0; i < elements.length; i++) {
            elements[i] *= StrictMath.pow(0.5, i / n);
        }
        return constant(elements, n);
    }

    @Test
    void refuseImpossibleConstants() {
        assertThatThrownBy(() -> new Sgd(1, false, 0)).hasMessageContaining("momentum 1.0");
        assertThatThrownBy(() -> new Sgd(0, true, 0)).hasMessageContaining("Nesterov");
        assertThatThrownBy(() -> new Lion(1, 0.9, 0)).hasMessageContaining("beta1 1.0");
        assertThatThrownBy(() -> new Soap(0.9, 0.9, 1e-8, 0, 0, 9)).hasMessageContaining("refresh 0");
    }
}
