// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.krylov.BiCgStab;
import org.sparkjno.amg.krylov.ConjugateGradient;
import org.sparkjno.amg.krylov.Gmres;
import org.sparkjno.amg.krylov.KrylovMethod;
import org.sparkjno.amg.krylov.SolveException;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.amg.solve.SolveKind;
import org.sparkjno.amg.solve.SolveLog;
import org.sparkjno.amg.solve.Solver;
import org.sparkjno.amg.solve.SparseSolve;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.device.reference.ReferenceDevice;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Reduction;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/** Solves whose rows are divided over ranks, in graphs, with all their derivatives, against the solve in one place. */
class DistributedSolveTest {
    private static final double ACCURACY = 1e-8;

    private static CsrMatrix convection(int points) {
        CsrAssembler assembler = new CsrAssembler(points * points, points * points, 5 * points * points);
        for (int i = 0; i < points * points; i++) {
            assembler.add(i, i, 4.9);
            neighbour(assembler, i, i - 1, i % points > 0, -1.6);
            neighbour(assembler, i, i + 1, i % points < points - 1, -1);
            neighbour(assembler, i, i - points, i >= points, -1.3);
            neighbour(assembler, i, i + points, i + points < points * points, -1);
        }
        return assembler.assemble();
    }

    private static void neighbour(CsrAssembler assembler, int i, int j, boolean exists, double value) {
        if (exists) {
            assembler.add(i, j, value);
        }
    }

    static Stream<Arguments> systems() {
        return Stream.of(
                Arguments.of(2, Stencils.laplacian(9, 1, 1), new ConjugateGradient(), 1),
                Arguments.of(3, Stencils.laplacian(5, 1, 1, 1), new ConjugateGradient(), 2),
                Arguments.of(2, convection(9), new Gmres(), 2),
                Arguments.of(3, convection(55), new BiCgStab(2), 1));
    }

    /**
     * A solution, its gradients, tangents, and second derivatives forward and reverse over reverse.
     *
     * @param summed whether sums are taken over all ranks
     */
    private static Graph derivatives(BinaryOperator<Value> solve, TensorType values, TensorType rhs, boolean summed) {
        Value a = Value.input("values", values);
        Value b = Value.input("rhs", rhs);
        Value da = Value.input("da", values);
        Value db = Value.input("db", rhs);
        Value x = solve.apply(a, b);
        Value loss = x.square().times(0.5).sum().plus(x.apply(Primitive.SIN).sum());
        List<Value> gradient = Derivatives.gradient(loss, a, b);
        Value along =
                gradient.get(0).times(da).sum().plus(gradient.get(1).times(db).sum());
        List<Value> outputs = new ArrayList<>(List.of(summed ? loss.allReduce(Reduction.SUM) : loss, x));
        outputs.addAll(gradient);
        outputs.addAll(Derivatives.jvp(List.of(x), List.of(a, b), List.of(da, db)));
        outputs.addAll(Derivatives.jvp(gradient, List.of(a, b), List.of(da, db)));
        outputs.addAll(Derivatives.gradient(along, a, b));
        return Graph.of(List.of(a, b, da, db), outputs);
    }

    private static List<double[]> call(Device device, Graph graph, double[]... arguments) {
        List<Buffer> inputs = new ArrayList<>();
        List<Buffer> outputs = new ArrayList<>();
        try (Executable executable = device.compile(graph)) {
            for (int i = 0; i < arguments.length; i++) {
                Buffer buffer = device.allocate(graph.inputs().get(i).type());
                buffer.write(Literal.of(graph.inputs().get(i).type(), arguments[i]));
                inputs.add(buffer);
            }
            graph.outputs().forEach(output -> outputs.add(device.allocate(output.type())));
            try (Invocation invocation = executable.bind(inputs, outputs)) {
                invocation.run();
            }
            return outputs.stream().map(output -> output.read().toArray()).toList();
        } finally {
            inputs.forEach(Buffer::close);
            outputs.forEach(Buffer::close);
        }
    }

    private static TensorType vectors(int rows, int width) {
        return width == 1 ? TensorType.f64(rows) : TensorType.f64(rows, width);
    }

    private static double[] random(int length, long seed) {
        return new Random(seed).doubles(length, -1, 1).toArray();
    }

    private static DistributedSettings by(KrylovMethod method, double tolerance) {
        return DistributedSettings.auto().method(method).tolerance(tolerance);
    }

    private static DistributedSolve solve(Collective world, CsrMatrix a, DistributedSettings solver) {
        return DistributedSolve.of(DistributedPattern.of(world, Parts.rows(a, world)), solver, Team.serial());
    }

    @ParameterizedTest
    @MethodSource("systems")
    void derivativesAreThoseOfTheSolveInOnePlace(int ranks, CsrMatrix a, KrylovMethod method, int width) {
        SparseSolve alone = SparseSolve.by(Solver.auto().tolerance(1e-13));
        Graph whole = derivatives(
                (values, rhs) -> alone.solve(a.pattern(), values, rhs),
                TensorType.f64(a.entries()),
                vectors(a.rows(), width),
                false);
        double[] b = random(a.rows() * width, 1);
        double[] db = random(a.rows() * width, 2);
        double[] da = random(a.entries(), 3);
        if (a.isSymmetric(0)) {
            double[] turned = a.pattern().transposition().apply(da);
            Arrays.setAll(da, k -> 0.5 * (da[k] + turned[k]));
        }
        List<double[]> expected;
        try (Device device = new ReferenceDevice()) {
            expected = call(device, whole, a.values(), b, da, db);
        }

        List<List<double[]>> actual = Ranks.run(ranks, world -> {
            DistributedSolve solve = solve(world, a, by(method, 1e-13));
            int[] entries = Parts.entries(a, world);
            double[] mine = Parts.vector(b, width, world);
            Graph graph = derivatives(
                    solve::solve, TensorType.f64(entries[1] - entries[0]), vectors(mine.length / width, width), true);
            try (Device device = world.size() == 2
                    ? new ReferenceDevice().in(world)
                    : CpuDevice.open().in(world)) {
                return call(
                        device,
                        graph,
                        Arrays.copyOfRange(a.values(), entries[0], entries[1]),
                        mine,
                        Arrays.copyOfRange(da, entries[0], entries[1]),
                        Parts.vector(db, width, world));
            }
        });

        assertThat(actual.get(0).get(0)[0])
                .isCloseTo(expected.get(0)[0], within(ACCURACY * Math.abs(expected.get(0)[0])));
        for (int i = 1; i < expected.size(); i++) {
            int output = i;
            double largest = Arrays.stream(expected.get(i)).map(Math::abs).max().orElse(0);
            assertThat(actual.stream()
                            .flatMapToDouble(part -> Arrays.stream(part.get(output)))
                            .toArray())
                    .as("output %d", i)
                    .containsExactly(expected.get(i), within(ACCURACY * largest));
        }
    }

    @Test
    void forwardAndAdjointSolvesAreReportedAndShareOneSetUp() {
        CsrMatrix a = convection(55);
        List<List<SolveLog.Entry>> logs = Ranks.run(2, world -> {
            SolveLog log = new SolveLog();
            DistributedSolve solve = solve(world, a, by(new BiCgStab(2), 1e-10)).reportingTo(log);
            int[] entries = Parts.entries(a, world);
            double[] mine = Parts.vector(random(a.rows(), 1), 1, world);
            Value values = Value.input("values", TensorType.f64(entries[1] - entries[0]));
            Value rhs = Value.input("rhs", TensorType.f64(mine.length));
            SparseSolve.Solution solution = solve.solveAndReport(values, rhs);
            Value gradient =
                    Derivatives.gradient(solution.value().square().sum(), rhs).get(0);
            try (Device device = CpuDevice.open().in(world)) {
                List<double[]> outputs = call(
                        device,
                        Graph.of(List.of(values, rhs), List.of(solution.reports(), gradient)),
                        Arrays.copyOfRange(a.values(), entries[0], entries[1]),
                        mine);
                List<SolveLog.Entry> heard = log.take();
                assertThat(outputs.get(0)[0]).isEqualTo(heard.get(0).report().iterations());
                assertThat(outputs.get(0)[1]).isEqualTo(heard.get(0).report().residual());
                return heard;
            }
        });
        assertThat(logs.get(0)).extracting(SolveLog.Entry::kind).containsExactly(SolveKind.FORWARD, SolveKind.ADJOINT);
        assertThat(logs.get(0))
                .allMatch(entry -> entry.report().converged()
                        && entry.report().residual() <= 1e-10
                        && entry.report().iterations() <= 20);
        assertThat(logs.get(1).get(1).report().iterations())
                .isEqualTo(logs.get(0).get(1).report().iterations());
    }

    /** Every rank throws what the others throw; none is left waiting, and none says less than the others. */
    private static void assertAllThrow(String message, Consumer<Collective> work) {
        List<String> messages = Ranks.run(3, world -> {
            try {
                work.accept(world);
                return "nothing";
            } catch (IllegalArgumentException | SolveException e) {
                return e.getMessage();
            }
        });
        assertThat(messages).hasSize(3).allSatisfy(text -> assertThat(text).startsWith(message));
        assertThat(messages).containsOnly(messages.get(0));
    }

    @Test
    void whatOneRankFindsWrongAllRanksThrow() {
        CsrMatrix a = Stencils.laplacian(9, 1, 1);
        DistributedSettings solver = by(new ConjugateGradient(), 1e-10);
        assertAllThrow("Rank 1: Row 27 of the right-hand side is NaN.", world -> {
            double[] b = new double[27];
            b[0] = world.rank() == 1 ? Double.NaN : 1;
            DistributedSolver.of(Parts.matrix(a, world), solver, Team.serial()).solve(b, new double[27], 1);
        });
        assertAllThrow(
                "Rank 2: Row 60 of the 81 x 81 matrix on 3 ranks is zero, so the matrix is singular; put 1 on its diagonal",
                world -> DistributedSolver.of(Parts.matrix(withoutRow(a, 60), world), solver, Team.serial()));
        assertAllThrow("Rank 0: There are 27 rows here, no multiple of the 2 unknowns of a node;", world -> {
            DistributedSolver.of(
                    Parts.matrix(a, world), DistributedSettings.auto().blockSize(2), Team.serial());
        });
        assertAllThrow(
                "Conjugate gradients work for symmetric matrices, but this 81 x 81 matrix on 3 ranks is not one;",
                world -> DistributedSolver.of(Parts.matrix(with(a, 3, 4, -7), world), solver, Team.serial()));
        assertAllThrow("Rank 0: Entry (3, 4) is Infinity.", world -> {
            double[] values = Parts.rows(a, world).values();
            if (world.rank() == 0) {
                values[a.pattern().position(3, 4)] = Double.POSITIVE_INFINITY;
            }
            DistributedPattern.of(world, Parts.rows(a, world)).matrix(values);
        });
        assertAllThrow("Conjugate gradients on a 81 x 81 matrix on 3 ranks did not reach", world -> {
            double[] b = random(27, world.rank());
            DistributedSolver.of(Parts.matrix(a, world), by(new ConjugateGradient(), 1e-25), Team.serial())
                    .solve(b, new double[27], 1);
        });
    }

    private static CsrMatrix withoutRow(CsrMatrix a, int i) {
        double[] values = a.values().clone();
        Arrays.fill(values, a.rowStart()[i], a.rowStart()[i + 1], 0);
        return CsrMatrix.of(a.pattern(), values);
    }

    private static CsrMatrix with(CsrMatrix a, int i, int j, double value) {
        double[] values = a.values().clone();
        values[a.pattern().position(i, j)] = value;
        return CsrMatrix.of(a.pattern(), values);
    }

    @Test
    void unfitShapesAreRefused() {
        CsrMatrix a = Stencils.laplacian(4, 1, 1);
        assertThatThrownBy(() -> Ranks.run(2, world -> {
                    DistributedSolve solve = solve(world, a, by(new ConjugateGradient(), 1e-10));
                    return solve.solve(Value.input("a", TensorType.f64(5)), Value.input("b", TensorType.f64(8)));
                }))
                .hasMessageContaining("on 2 ranks takes values [");
    }
}
