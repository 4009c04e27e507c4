// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sparkjno.amg.krylov.BiCgStab;
import org.sparkjno.amg.krylov.Gmres;
import org.sparkjno.amg.krylov.KrylovSolver;
import org.sparkjno.amg.krylov.LocalSpace;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.amg.solve.Preconditioning;
import org.sparkjno.amg.solve.Solver;
import org.sparkjno.amg.solve.SparseSolve;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.derive.ImplicitFunctions;
import org.sparkjno.kernels.derive.LinearSolve;
import org.sparkjno.kernels.derive.LinearSolver;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/** What is made of functions, solved with. */
class OperatorSolveTest {
    private static final TensorType GRID = TensorType.f64(5, 6);
    private static final LinearSolver SPARSE = new AssemblingSolver(SparseSolve.by(Solver.auto()
            .method(new Gmres())
            .preconditioning(new Preconditioning.None())
            .tolerance(1e-13)));

    private final Value k = Value.input("k", GRID);
    private final Literal point =
            Literal.of(GRID, new Random(1).doubles(GRID.shape().size(), 0.5, 2).toArray());

    /** Transport and diffusion with a coefficient: not symmetric. */
    private Value transport(Value u) {
        Value flux = u.times(k);
        return u.times(3)
                .plus(flux)
                .minus(flux.pad(0, 1, 0).slice(0, 0, 5))
                .minus(u.pad(1, 0, 1).slice(1, 1, 7));
    }

    private double[] evaluate(Value output) {
        try (Device device = CpuDevice.open();
                BoundFunction function = BoundFunction.of(device, k, output, Map.of())) {
            return function.call(point.toArray());
        }
    }

    private void agree(Value actual, Value expected) {
        assertThat(evaluate(actual)).containsExactly(evaluate(expected), within(1e-10));
        Value gradient = Derivatives.gradient(actual.square().sum(), k).get(0);
        Value expectedGradient =
                Derivatives.gradient(expected.square().sum(), k).get(0);
        assertThat(evaluate(gradient)).containsExactly(evaluate(expectedGradient), within(1e-9));
    }

    @Test
    void solutionsHaveGradientsInTheOperator() {
        Value rhs = k.square().plus(1);
        agree(
                LinearSolve.solve(this::transport, rhs, SPARSE),
                LinearSolve.solve(this::transport, rhs, LinearSolver.dense()));
    }

    @Test
    void newtonsMethodAssemblesItsMatrices() {
        agree(root(SPARSE), root(LinearSolver.dense()));
    }

    private Value root(LinearSolver solver) {
        return ImplicitFunctions.rootOf(
                        u -> transport(u).plus(u.square().times(u)).minus(1),
                        Value.full(GRID, 0),
                        new ImplicitFunctions.Settings(8, 1e-12, solver))
                .value();
    }

    @Test
    void krylovMethodsNeedNoMatrix() {
        try (Device device = CpuDevice.open();
                CompiledOperator forward = CompiledOperator.of(this::transport, GRID, device, Map.of(k, point))) {
            double[] b = new double[30];
            Arrays.fill(b, 1);
            double[] x = new double[30];
            List<SolveReport> reports = KrylovSolver.of(new BiCgStab(), 1e-10)
                    .solve(forward, new LocalSpace(30, 1, Team.serial()), b, x, Preconditioner.identity());
            assertThat(reports.get(0).converged()).isTrue();
            double[] image = new double[30];
            forward.apply(x, image, 1);
            assertThat(image).containsExactly(b, within(1e-8));
        }
    }
}
