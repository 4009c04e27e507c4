// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.sparkjno.amg.aggregation.SmoothedAggregation;
import org.sparkjno.amg.cycle.Multigrid;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.krylov.ConjugateGradient;
import org.sparkjno.amg.krylov.KrylovSolver;
import org.sparkjno.amg.krylov.OnFailure;
import org.sparkjno.amg.krylov.SolveException;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.krylov.SolveReport.Status;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.matrix.Pattern;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.kernels.derive.ComplexDerivatives;
import org.sparkjno.kernels.derive.Coordinate;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.derive.DifferentialOperator;
import org.sparkjno.kernels.derive.LinearSolve;
import org.sparkjno.kernels.derive.LinearSolver;
import org.sparkjno.kernels.derive.TaylorMode;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.device.reference.ReferenceDevice;
import org.sparkjno.kernels.graph.ComplexPair;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.HostOp;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Recurrence;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/** Sparse solves in graphs and all their derivatives, against dense elimination, dense inverses and central differences. */
class SparseSolveTest {
    private static final double ACCURACY = 1e-8;

    /** Residuals that leave differences eight digits. */
    private static SparseSolver exact() {
        return Solver.auto().tolerance(1e-13);
    }

    /** Entries at random places and a diagonal that outweighs them; neither symmetric nor of a symmetric pattern. */
    private static CsrMatrix unsymmetric(int n, long seed) {
        Random random = new Random(seed);
        CsrAssembler assembler = new CsrAssembler(n, n, 5 * n);
        for (int i = 0; i < n; i++) {
            assembler.add(i, i, 3 + random.nextDouble());
            for (int k = 0; k < 3; k++) {
                assembler.add(i, random.nextInt(n), random.nextDouble(-1, 1));
            }
        }
        return assembler.assemble();
    }

    private static TensorType f64(int... dims) {
        return TensorType.f64(dims);
    }

    private static Literal random(TensorType type, long seed) {
        return Literal.of(
                type, new Random(seed).doubles(type.shape().size(), -1, 1).toArray());
    }

    /** The solve by elimination of the whole matrix, as a graph. */
    private static Value dense(Pattern pattern, Value values, Value rhs) {
        Value matrix = matrix(pattern, values);
        String notation = rhs.shape().rank() == 1 ? "ij,j->i" : "ij,jk->ik";
        return LinearSolve.solve(x -> matrix.contract(notation, x), rhs, LinearSolver.dense());
    }

    private static Value matrix(Pattern pattern, Value values) {
        int n = pattern.rows();
        int[] places = pattern.rowOfEntries();
        Arrays.setAll(places, k -> places[k] * n + pattern.columns()[k]);
        return values.scatterAdd(ints(places), n * n).reshape(n, n);
    }

    private static Value loss(Value x) {
        return x.square().times(0.5).sum().plus(x.apply(Primitive.SIN).sum());
    }

    /** Gradients, a tangent, and second derivatives along a direction, forward and reverse over reverse. */
    private static Graph derivatives(BinaryOperator<Value> solve, TensorType values, TensorType rhs) {
        Value a = Value.input("values", values);
        Value b = Value.input("rhs", rhs);
        Value da = Value.input("da", values);
        Value db = Value.input("db", rhs);
        Value x = solve.apply(a, b);
        Value loss = loss(x);
        List<Value> gradient = Derivatives.gradient(loss, a, b);
        Value along =
                gradient.get(0).times(da).sum().plus(gradient.get(1).times(db).sum());
        List<Value> outputs = new ArrayList<>(List.of(loss, x));
        outputs.addAll(gradient);
        outputs.addAll(Derivatives.jvp(List.of(x), List.of(a, b), List.of(da, db)));
        outputs.addAll(Derivatives.jvp(gradient, List.of(a, b), List.of(da, db)));
        outputs.addAll(Derivatives.gradient(along, a, b));
        return Graph.of(List.of(a, b, da, db), outputs);
    }

    private static List<Literal> onReference(Graph graph, List<Literal> arguments) {
        try (Device device = new ReferenceDevice()) {
            return Runs.call(device, graph, arguments);
        }
    }

    private static void assertClose(List<Literal> actual, List<Literal> expected) {
        for (int i = 0; i < expected.size(); i++) {
            double largest = Arrays.stream(expected.get(i).toArray())
                    .map(Math::abs)
                    .max()
                    .orElse(0);
            assertThat(actual.get(i).toArray())
                    .as("output %d", i)
                    .containsExactly(expected.get(i).toArray(), within(ACCURACY * largest));
        }
    }

    private static List<Literal> onCpu(Graph graph, List<Literal> arguments) {
        try (Device device = CpuDevice.open()) {
            return Runs.call(device, graph, arguments);
        }
    }

    /** Holds all derivatives against elimination, and the gradient against differences of fourth order. */
    private static void check(SparseSolve solve, CsrMatrix matrix, TensorType rhs) {
        Pattern pattern = matrix.pattern();
        TensorType values = f64(matrix.entries());
        Graph sparse = derivatives((a, b) -> solve.solve(pattern, a, b), values, rhs);
        Graph dense = derivatives((a, b) -> dense(pattern, a, b), values, rhs);
        List<Literal> point =
                List.of(Literal.of(values, matrix.values()), random(rhs, 2), direction(matrix), random(rhs, 4));

        List<Literal> actual = onCpu(sparse, point);

        assertClose(actual, onReference(dense, point));
        Graph loss = Graph.of(sparse.inputs(), sparse.outputs().subList(0, 1));
        double slope = dot(actual.get(2), point.get(2)) + dot(actual.get(3), point.get(3));
        assertThat(slope).isCloseTo(difference(loss, point), within(ACCURACY * Math.abs(slope)));
    }

    /** A direction of the values, in which a symmetric matrix stays symmetric. */
    private static Literal direction(CsrMatrix matrix) {
        double[] numbers = random(f64(matrix.entries()), 3).toArray();
        if (matrix.isSymmetric(0)) {
            double[] turned = matrix.pattern().transposition().apply(numbers);
            Arrays.setAll(numbers, k -> 0.5 * (numbers[k] + turned[k]));
        }
        return Literal.of(f64(matrix.entries()), numbers);
    }

    private static double difference(Graph graph, List<Literal> point) {
        double h = 1e-3;
        double[] weights = {1, -8, 8, -1};
        double[] steps = {-2, -1, 1, 2};
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            List<Literal> moved = new ArrayList<>(point);
            for (int k = 0; k < 2; k++) {
                double[] numbers = point.get(k).toArray();
                for (int j = 0; j < numbers.length; j++) {
                    numbers[j] += steps[i] * h * point.get(k + 2).get(j);
                }
                moved.set(k, Literal.of(point.get(k).type(), numbers));
            }
            sum += weights[i] * onReference(graph, moved).get(0).get(0);
        }
        return sum / (12 * h);
    }

    private static double dot(Literal a, Literal b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            sum += a.get(i) * b.get(i);
        }
        return sum;
    }

    @Test
    void symmetric() {
        check(SparseSolve.by(exact()), Stencils.laplacian(5, 1, 1), f64(25));
    }

    @Test
    void unsymmetric() {
        check(SparseSolve.by(new DenseSolver()), unsymmetric(12, 1), f64(12));
    }

    @Test
    void unsymmetricByChoiceOfTheSolver() {
        check(SparseSolve.by(exact()), unsymmetric(12, 8), f64(12, 2));
    }

    /** Convection with diffusion: the gradient by the transposed hierarchy, which nobody sets up. */
    @Test
    void adjointsTakeTheTransposedHierarchy() {
        int points = 24;
        CsrAssembler assembler = new CsrAssembler(points * points, points * points, 5 * points * points);
        for (int i = 0; i < points * points; i++) {
            assembler.add(i, i, 4 + 0.6 + 0.3);
            neighbour(assembler, i, i - 1, i % points > 0, -1.6);
            neighbour(assembler, i, i + 1, i % points < points - 1, -1);
            neighbour(assembler, i, i - points, i >= points, -1.3);
            neighbour(assembler, i, i + points, i + points < points * points, -1);
        }
        CsrMatrix matrix = assembler.assemble();
        AtomicInteger setUps = new AtomicInteger();
        SolveLog log = new SolveLog();
        SparseSolver auto = of -> {
            setUps.incrementAndGet();
            return Solver.auto().tolerance(1e-12).prepare(of);
        };
        TensorType rhs = f64(matrix.rows(), 2);
        List<List<Literal>> results = new ArrayList<>();
        for (SparseSolver solver : List.of(auto, new DenseSolver())) {
            SparseSolve solve = SparseSolve.by(solver).reportingTo(log);
            Graph graph = derivatives((a, b) -> solve.solve(matrix.pattern(), a, b), f64(matrix.entries()), rhs);
            results.add(onCpu(
                    graph,
                    List.of(
                            Literal.of(f64(matrix.entries()), matrix.values()),
                            random(rhs, 2),
                            random(f64(matrix.entries()), 3),
                            random(rhs, 4))));
            if (solver == auto) {
                assertThat(log.take()).allMatch(entry -> entry.report().iterations() <= 20);
            }
        }
        assertThat(setUps).hasValue(1);
        assertClose(results.get(0), results.get(1));
    }

    private static void neighbour(CsrAssembler assembler, int i, int j, boolean exists, double value) {
        if (exists) {
            assembler.add(i, j, value);
        }
    }

    @Test
    void manyRightHandSides() {
        check(SparseSolve.by(exact()), Stencils.laplacian(2, 1, 1), f64(4, 3));
        check(SparseSolve.by(new DenseSolver()), unsymmetric(5, 2), f64(5, 2));
    }

    /** Tangents of the values off symmetry would make a symmetric solver's answer wrong; the stored pattern has both. */
    @Test
    void gradientsFollowTheFormulaOfTheAdjoint() {
        CsrMatrix matrix = unsymmetric(15, 7);
        Pattern pattern = matrix.pattern();
        SparseSolve solve = SparseSolve.by(new DenseSolver());
        Value a = Value.input("a", f64(matrix.entries()));
        Value b = Value.input("b", f64(15));
        Value g = Value.input("g", f64(15));
        Value x = solve.solve(pattern, a, b);
        List<Value> back = Derivatives.vjp(List.of(x), List.of(a, b), List.of(g));
        Literal rhs = random(f64(15), 5);
        Literal cotangent = random(f64(15), 6);

        List<Literal> actual = onCpu(
                Graph.of(List.of(a, b, g), back),
                List.of(Literal.of(f64(matrix.entries()), matrix.values()), rhs, cotangent));

        double[][] inverse = DenseSolver.inverse(matrix);
        double[] solution = new double[15];
        double[] lambda = new double[15];
        for (int i = 0; i < 15; i++) {
            for (int j = 0; j < 15; j++) {
                solution[i] += inverse[i][j] * rhs.get(j);
                lambda[i] += inverse[j][i] * cotangent.get(j);
            }
        }
        int[] rows = pattern.rowOfEntries();
        for (int k = 0; k < rows.length; k++) {
            assertThat(actual.get(0).get(k))
                    .isCloseTo(-lambda[rows[k]] * solution[pattern.columns()[k]], within(1e-13));
        }
        assertThat(actual.get(1).toArray()).containsExactly(lambda, within(1e-13));
    }

    @Test
    void batchesOfOnePattern() {
        Pattern pattern = unsymmetric(6, 3).pattern();
        int entries = pattern.entries();
        SparseSolve solve = SparseSolve.by(new DenseSolver()).sharedBy(Team.of(2));
        for (TensorType rhs : List.of(f64(3, 6), f64(3, 6, 2))) {
            TensorType values = f64(3, entries);
            double[] numbers = random(values, 1).toArray();
            for (int k = 0; k < 3; k++) {
                for (int i = 0; i < 6; i++) {
                    numbers[k * entries + pattern.position(i, i)] += 5;
                }
            }
            Graph sparse = derivatives((a, b) -> solve.solve(pattern, a, b), values, rhs);
            Graph dense = derivatives((a, b) -> eachOf(pattern, a, b), values, rhs);
            List<Literal> point =
                    List.of(Literal.of(values, numbers), random(rhs, 2), random(values, 3), random(rhs, 4));
            assertClose(onCpu(sparse, point), onReference(dense, point));
        }
    }

    private static Value eachOf(Pattern pattern, Value values, Value rhs) {
        List<Value> solutions = new ArrayList<>();
        for (int k = 0; k < 3; k++) {
            Value right = rhs.slice(0, k, k + 1).squeeze(0);
            solutions.add(dense(pattern, values.slice(0, k, k + 1).squeeze(0), right));
        }
        return Value.stack(0, solutions);
    }

    /** A loss of complex unknowns: gradients are ∂L/∂re + i ∂L/∂im, and the adjoint matrix is the conjugate transpose. */
    @Test
    void complexSystems() {
        CsrMatrix matrix = unsymmetric(9, 5);
        Pattern pattern = matrix.pattern();
        TensorType values = f64(matrix.entries());
        for (TensorType rhs : List.of(f64(9), f64(9, 2))) {
            ComplexPair a = new ComplexPair(Value.input("re", values), Value.input("im", values));
            ComplexPair b = new ComplexPair(Value.input("re", rhs), Value.input("im", rhs));
            ComplexPair x = SparseSolve.by(new DenseSolver()).solve(pattern, a, b);
            ComplexPair image = product(pattern, a, x);
            Value loss = loss(x.re()).plus(loss(x.im().times(2)));
            List<ComplexPair> gradient = ComplexDerivatives.gradient(loss, List.of(a, b));
            // λ with Aᴴ λ = ∂L/∂x, by which dL/db = λ and dL/dA = −λ conj(x).
            ComplexPair slope = new ComplexPair(
                    x.re().plus(x.re().apply(Primitive.COS)),
                    x.im().times(4).plus(x.im().times(2).apply(Primitive.COS).times(2)));
            ComplexPair lambda = gradient.get(1);
            Pattern transposed = pattern.transposition().pattern();
            int[] source = pattern.transposition().source();
            ComplexPair adjoint = product(transposed, a.conjugate().map(v -> v.gather(ints(source))), lambda);
            ComplexPair rows = lambda.map(v -> v.gather(ints(pattern.rowOfEntries())));
            ComplexPair columns = x.conjugate().map(v -> v.gather(ints(pattern.columns())));
            ComplexPair expected = rows.times(columns)
                    .map(v -> v.shape().rank() == 2 ? v.sum(1) : v)
                    .map(Value::negate);
            List<Value> zeros = List.of(
                    image.re().minus(b.re()),
                    image.im().minus(b.im()),
                    adjoint.re().minus(slope.re()),
                    adjoint.im().minus(slope.im()),
                    gradient.get(0).re().minus(expected.re()),
                    gradient.get(0).im().minus(expected.im()));
            List<Literal> point =
                    List.of(Literal.of(values, matrix.values()), random(values, 2), random(rhs, 3), random(rhs, 4));
            for (Literal zero : onCpu(Graph.of(List.of(a.re(), a.im(), b.re(), b.im()), zeros), point)) {
                assertThat(zero.toArray()).containsOnly(new double[] {0}, within(1e-12));
            }
        }
    }

    private static Value ints(int[] numbers) {
        return Value.constant(Literal.of(
                new TensorType(DType.I32, Shape.of(numbers.length)),
                Arrays.stream(numbers).asDoubleStream().toArray()));
    }

    private static ComplexPair product(Pattern pattern, ComplexPair values, ComplexPair x) {
        ComplexPair columns = x.map(v -> v.gather(ints(pattern.columns())));
        Shape shape = columns.re().shape();
        ComplexPair terms = values.map(v -> v.broadcast(shape, List.of(0))).times(columns);
        return terms.map(v -> v.scatterAdd(ints(pattern.rowOfEntries()), pattern.rows()));
    }

    /** Potentials in a network of conductances, which are fixed up to a constant: A⁺b and its derivatives in both. The solver finds the constants. */
    @Test
    void singularSystems() {
        int n = 6;
        int[][] edges = {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {0, 3}, {1, 5}};
        CsrAssembler assembler = new CsrAssembler(n, n, 4 * edges.length);
        for (int[] edge : edges) {
            assembler.add(edge[0], edge[0], 1).add(edge[1], edge[1], 1);
            assembler.add(edge[0], edge[1], -1).add(edge[1], edge[0], -1);
        }
        Pattern pattern = assembler.assemble().pattern();
        int[] entries = new int[4 * edges.length];
        for (int e = 0; e < edges.length; e++) {
            for (int k = 0; k < 4; k++) {
                entries[4 * e + k] = pattern.position(edges[e][k / 2], edges[e][k % 2]);
            }
        }
        Value signs = Value.constant(Literal.of(f64(4), 1, -1, -1, 1)).broadcast(Shape.of(edges.length, 4), List.of(1));
        SparseSolver solver = Solver.auto().tolerance(1e-13);
        TensorType conductances = f64(edges.length);
        BinaryOperator<Value> stored = (w, b) -> w.broadcast(signs.shape(), List.of(0))
                .times(signs)
                .reshape(entries.length)
                .scatterAdd(ints(entries), pattern.entries());
        Graph sparse = derivatives(
                (w, b) -> SparseSolve.by(solver).solve(pattern, stored.apply(w, b), b), conductances, f64(n));
        Value ones = Value.full(f64(n, n), 1.0 / n);
        Graph dense = derivatives(
                (w, b) -> {
                    Value matrix = matrix(pattern, stored.apply(w, b)).plus(ones);
                    Value centred = b.minus(b.mean());
                    return LinearSolve.solve(x -> matrix.contract("ij,j->i", x), centred, LinearSolver.dense());
                },
                conductances,
                f64(n));
        double[] positive = {1, 2, 0.5, 1.5, 1, 0.7, 3};
        List<Literal> point = List.of(
                Literal.of(conductances, positive), random(f64(n), 2), random(conductances, 3), random(f64(n), 4));

        List<Literal> actual = onCpu(sparse, point);

        assertClose(actual, onReference(dense, point));
    }

    /** Implicit steps u_{t+1} = (I + dt θ A)⁻¹ u_t: the gradient in θ, against differences and against dense steps. */
    @Test
    void insideALoop() {
        CsrMatrix matrix = Stencils.laplacian(3, 1, 0.5);
        int n = matrix.rows();
        Pattern pattern = matrix.pattern();
        double[] unit = new double[matrix.entries()];
        for (int i = 0; i < n; i++) {
            unit[pattern.position(i, i)] = 1;
        }
        Value stored = Value.constant(Literal.of(f64(matrix.entries()), matrix.values()));
        Value identity = Value.constant(Literal.of(f64(unit.length), unit));
        SparseSolve solve = SparseSolve.by(exact());
        List<Graph> graphs = new ArrayList<>();
        for (BinaryOperator<Value> step :
                List.<BinaryOperator<Value>>of((a, b) -> solve.solve(pattern, a, b), (a, b) -> dense(pattern, a, b))) {
            Value theta = Value.input("theta", f64());
            Value start = Value.input("start", f64(n));
            Value end = Recurrence.scan(5, List.of(start, theta), List.of(), (carries, slices) -> {
                        Value values = identity.plus(stored.times(carries.get(1).times(0.1)));
                        Value next = step.apply(values, carries.get(0));
                        return new Recurrence.Step(
                                List.of(next, carries.get(1).plus(next.square().mean())), List.of());
                    })
                    .checkpoint(2)
                    .carries()
                    .get(0);
            Value loss = loss(end);
            List<Value> gradient = Derivatives.gradient(loss, theta, start);
            List<Value> second = Derivatives.jvp(gradient, List.of(theta), List.of(Value.scalar(DType.F64, 1)));
            graphs.add(Graph.of(
                    List.of(theta, start),
                    List.of(loss, gradient.get(0), gradient.get(1), second.get(0), second.get(1))));
        }
        List<Literal> point = List.of(Literal.scalar(DType.F64, 0.7), random(f64(n), 2));

        List<Literal> actual = onCpu(graphs.get(0), point);

        assertClose(actual, onReference(graphs.get(1), point));
        Graph loss = Graph.of(graphs.get(0).inputs(), graphs.get(0).outputs().subList(0, 1));
        double h = 1e-3;
        double sum = 0;
        double[] weights = {1, -8, 0, 8, -1};
        for (int k = 0; k < 5; k++) {
            Literal moved = Literal.scalar(DType.F64, 0.7 + (k - 2) * h);
            sum += weights[k]
                    * onReference(loss, List.of(moved, point.get(1))).get(0).get(0);
        }
        double slope = actual.get(1).get(0);
        assertThat(slope).isCloseTo(sum / (12 * h), within(ACCURACY * Math.abs(slope)));
    }

    @Test
    void coordinateDerivativesByTaylor() {
        CsrMatrix matrix = unsymmetric(8, 4);
        Value t = Value.input("t", f64());
        Value direction = Value.constant(random(f64(matrix.entries()), 1));
        Value values = Value.constant(Literal.of(f64(matrix.entries()), matrix.values()))
                .plus(direction.times(t.times(0.3)));
        Value rhs = Value.constant(random(f64(8), 2)).times(t.exp());
        DifferentialOperator third = DifferentialOperator.partial(0, 0, 0);
        List<Coordinate> coordinates = List.of(new Coordinate(t, Value.scalar(DType.F64, 1)));
        Value sparse = TaylorMode.apply(
                third, SparseSolve.by(new DenseSolver()).solve(matrix.pattern(), values, rhs), coordinates);
        Value dense = TaylorMode.apply(third, dense(matrix.pattern(), values, rhs), coordinates);

        List<Literal> actual =
                onCpu(Graph.of(List.of(t), List.of(sparse, dense)), List.of(Literal.scalar(DType.F64, 0.2)));

        assertClose(actual.subList(0, 1), actual.subList(1, 2));
    }

    @Test
    void aGuessHelpsAndHasNoDerivative() {
        CsrMatrix matrix = Stencils.laplacian(12, 1, 1);
        int n = matrix.rows();
        SolveLog log = new SolveLog();
        SparseSolve solve = SparseSolve.by(exact()).reportingTo(log);
        Value a = Value.input("a", f64(matrix.entries()));
        Value b = Value.input("b", f64(n));
        Value guess = Value.input("guess", f64(n));
        Value plain = solve.solve(matrix.pattern(), a, b);
        Value guessed = solve.solve(matrix.pattern(), a, b, guess);
        List<Value> gradient = Derivatives.gradient(loss(guessed), guess, b);
        Literal values = Literal.of(f64(matrix.entries()), matrix.values());
        Literal rhs = random(f64(n), 1);
        Literal solution = onCpu(Graph.of(List.of(a, b), List.of(plain)), List.of(values, rhs))
                .get(0);
        int unguessed = log.take().get(0).report().iterations();

        List<Literal> actual = onCpu(
                Graph.of(List.of(a, b, guess), List.of(guessed, gradient.get(0), gradient.get(1))),
                List.of(values, rhs, solution));

        assertThat(actual.get(0)).isEqualTo(solution);
        assertThat(actual.get(1).toArray()).containsOnly(0);
        List<SolveLog.Entry> entries = log.take();
        assertThat(entries).extracting(SolveLog.Entry::kind).containsExactly(SolveKind.FORWARD, SolveKind.ADJOINT);
        assertThat(entries.get(0).report().iterations()).isZero();
        assertThat(unguessed).isPositive();
    }

    @Test
    void allSolvesOfAMatrixShareOneSetUpAndAreReported() {
        CsrMatrix matrix = unsymmetric(10, 6);
        DenseSolver dense = new DenseSolver();
        SolveLog log = new SolveLog();
        SparseSolve solve = SparseSolve.by(dense).reportingTo(log);
        Value a = Value.input("a", f64(matrix.entries()));
        Value b = Value.input("b", f64(10, 2));
        SparseSolve.Solution solution = solve.solveAndReport(matrix.pattern(), a, b);
        Value gradient = Derivatives.gradient(loss(solution.value()), a).get(0);
        Value tangent = Derivatives.jvp(List.of(solution.value()), List.of(b), List.of(b))
                .get(0);
        Graph graph = Graph.of(List.of(a, b), List.of(solution.value(), solution.reports(), gradient, tangent));

        List<Literal> actual = onCpu(graph, List.of(Literal.of(a.type(), matrix.values()), random(b.type(), 1)));

        assertThat(dense.prepared()).isEqualTo(1);
        assertThat(log.take())
                .extracting(SolveLog.Entry::kind, SolveLog.Entry::column)
                .containsExactlyInAnyOrder(
                        tuple(SolveKind.FORWARD, 0),
                        tuple(SolveKind.FORWARD, 1),
                        tuple(SolveKind.TANGENT, 0),
                        tuple(SolveKind.TANGENT, 1),
                        tuple(SolveKind.ADJOINT, 0),
                        tuple(SolveKind.ADJOINT, 1));
        assertThat(actual.get(1)).isEqualTo(Literal.of(f64(2, 3), 1, 0, 0, 1, 0, 0));
        assertThat(Derivatives.gradient(solution.reports().sum(), b).get(0).op())
                .isNotInstanceOf(HostOp.class);
    }

    /** A solver whose transposed solves fail: nobody gets a wrong gradient unawares. */
    @Test
    void thePolicyHoldsForTheAdjointToo() {
        CsrMatrix matrix = Stencils.laplacian(4, 1, 1);
        SparseSolver exact = new DenseSolver();
        SparseSolver failing = of -> {
            SparseSolver.Prepared inner = exact.prepare(of);
            return (b, x, width, transposed) -> transposed
                    ? List.of(new SolveReport(7, 0.5, Status.ITERATION_LIMIT, new double[0], 0, List.of()))
                    : inner.solve(b, x, width, false);
        };
        SolveLog log = new SolveLog();
        SparseSolve solve = SparseSolve.by(failing).reportingTo(log);
        Value a = Value.input("a", f64(matrix.entries()));
        Value b = Value.input("b", f64(16));
        List<Literal> point = List.of(Literal.of(a.type(), matrix.values()), random(b.type(), 1));
        Graph throwing = gradient(solve, matrix, a, b);
        assertThatThrownBy(() -> onCpu(throwing, point))
                .isInstanceOf(SolveException.class)
                .hasMessage(
                        "The adjoint solve with a 16 x 16 matrix with 64 entries failed: ITERATION_LIMIT after 7"
                                + " iterations, true relative residual 5.000e-01. Allow more iterations or use a stronger preconditioner.");
        assertThat(log.take()).extracting(SolveLog.Entry::kind).containsExactly(SolveKind.FORWARD, SolveKind.ADJOINT);
        for (OnFailure policy : List.of(OnFailure.WARN, OnFailure.RETURN)) {
            assertThat(onCpu(gradient(solve.onFailure(policy), matrix, a, b), point)
                            .get(0)
                            .toArray())
                    .containsOnly(0);
            assertThat(log.take().get(1).report().converged()).isFalse();
        }
    }

    private static Graph gradient(SparseSolve solve, CsrMatrix matrix, Value a, Value b) {
        return Graph.of(List.of(a, b), Derivatives.gradient(loss(solve.solve(matrix.pattern(), a, b)), b));
    }

    @Test
    void singlePrecisionIsSolvedInDouble() {
        CsrMatrix matrix = Stencils.laplacian(8, 1, 1);
        Value a = Value.input("a", TensorType.f32(matrix.entries()));
        Value b = Value.input("b", TensorType.f32(64));
        SparseSolve solve = SparseSolve.by(exact());
        Value x = solve.solve(matrix.pattern(), a, b);
        double[] ones = new double[64];
        Arrays.fill(ones, 1);

        Literal actual = onCpu(
                        Graph.of(List.of(a, b), List.of(x)),
                        List.of(Literal.of(a.type(), matrix.values()), Literal.of(b.type(), ones)))
                .get(0);

        double[] expected = new double[64];
        KrylovSolver.of(new ConjugateGradient(), 1e-12)
                .solve(matrix, ones, expected, Multigrid.vCycle(Hierarchy.of(matrix, SmoothedAggregation.standard())));
        for (int i = 0; i < 64; i++) {
            assertThat(actual.get(i)).isEqualTo((float) expected[i], within(1e-6));
        }
    }

    @Test
    void refusals() {
        CsrMatrix matrix = Stencils.laplacian(2, 1, 1);
        SparseSolve solve = SparseSolve.by(new DenseSolver());
        Value a = Value.input("a", f64(matrix.entries()));
        assertThatThrownBy(() -> solve.solve(matrix.pattern(), a, Value.input("b", f64(5))))
                .hasMessage(
                        "A sparse solve with a 4 x 4 pattern of 12 entries takes values [12] and right-hand sides [4] or"
                                + " [4, width], or both with the same leading axis of a batch, but got f64[12] and f64[5].");
        assertThatThrownBy(() -> solve.solve(matrix.pattern(), a, Value.input("b", TensorType.f32(4))))
                .hasMessageContaining("both f32 or both f64, but got f64[12] and f32[4]");
        Value b = Value.input("b", f64(4));
        Graph graph = Graph.of(List.of(a, b), List.of(solve.solve(matrix.pattern(), a, b)));
        double[] numbers = matrix.values().clone();
        numbers[4] = Double.NaN;
        assertThatThrownBy(() -> onCpu(graph, List.of(Literal.of(a.type(), numbers), random(b.type(), 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Entry (1, 1) is NaN.");
    }
}
