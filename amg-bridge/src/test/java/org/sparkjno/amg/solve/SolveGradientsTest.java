// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.amg.aggregation.SmoothedAggregation;
import org.sparkjno.amg.classical.ClassicalCoarsening;
import org.sparkjno.amg.cycle.Multigrid;
import org.sparkjno.amg.gallery.Convection;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.hierarchy.Coarsening;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.krylov.ConjugateGradient;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.matrix.Pattern;
import org.sparkjno.amg.solve.ParametrisedSystem.Gradient;
import org.sparkjno.amg.solve.ParametrisedSystem.Term;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.reference.ReferenceDevice;
import org.sparkjno.kernels.graph.ComplexPair;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * First and second derivatives of sparse solves, every component of them, to 1e-8 of the largest: against dense inverses, and
 * against central differences of what the solver answers.
 */
class SolveGradientsTest {
    private static final double ACCURACY = 1e-8;
    /** The largest of three steps, relative to the largest parameter where that is below 1. */
    private static final double STEP = 0.005;

    private static final Solver AUTO = Solver.auto().tolerance(1e-13);

    /** A solver that builds levels even for small matrices. */
    private static Solver multigrid(Coarsening coarsening) {
        return Solver.auto()
                .tolerance(1e-13)
                .preconditioning(new Preconditioning.Algebraic(
                        "small", coarsening, new Hierarchy.Limits(15, 10), Multigrid.Options.standard()));
    }

    static Stream<Arguments> systems() {
        CsrMatrix laplacian = Stencils.laplacian(6, 1, 1);
        CsrMatrix convection = Convection.diagonal(7, 1e-2);
        return Stream.of(
                Arguments.of("symmetric", ParametrisedSystem.ofEntries(laplacian, AUTO)),
                Arguments.of(
                        "symmetric, multigrid",
                        ParametrisedSystem.ofEntries(laplacian, multigrid(SmoothedAggregation.standard()))),
                Arguments.of("unsymmetric", ParametrisedSystem.ofEntries(scattered(20, 2), AUTO)),
                Arguments.of(
                        "convection, multigrid",
                        ParametrisedSystem.ofEntries(convection, multigrid(ClassicalCoarsening.standard()))),
                Arguments.of("saddle point", ParametrisedSystem.ofEntries(saddle(), AUTO)),
                Arguments.of("complex", complex(scattered(12, 3), AUTO)),
                Arguments.of(
                        "complex, multigrid",
                        complex(Stencils.laplacian(5, 1, 1), multigrid(SmoothedAggregation.standard()))),
                Arguments.of("conductances", network(true, AUTO.method(new ConjugateGradient()))),
                Arguments.of("singular", network(false, AUTO)),
                Arguments.of("singular, multigrid", network(false, multigrid(SmoothedAggregation.standard()))),
                Arguments.of("singular, unsymmetric", ring(AUTO)));
    }

    /** Entries at random places and a diagonal that outweighs them. */
    private static CsrMatrix scattered(int n, long seed) {
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

    /** (K Bᵀ; B 0) with a chain K and differences B. */
    private static CsrMatrix saddle() {
        int n = 12;
        CsrAssembler assembler = new CsrAssembler(n + 5, n + 5, 80);
        for (int i = 0; i < n; i++) {
            assembler.add(i, i, 2.5);
            if (i > 0) {
                assembler.add(i, i - 1, -1).add(i - 1, i, -1);
            }
        }
        for (int k = 0; k < 5; k++) {
            for (int j : new int[] {2 * k, 2 * k + 2}) {
                double value = j == 2 * k ? 1 : -1;
                assembler.add(n + k, j, value).add(j, n + k, value);
            }
        }
        return assembler.assemble();
    }

    /** Parameters are the real parts of all entries, then the imaginary ones; unknowns are pairs. */
    private static ParametrisedSystem complex(CsrMatrix real, SparseSolver solver) {
        Pattern pattern = real.pattern();
        int entries = pattern.entries();
        int n = pattern.rows();
        List<Term> terms = new ArrayList<>();
        int[] rows = pattern.rowOfEntries();
        double[] point = Arrays.copyOf(real.values(), 2 * entries);
        Random random = new Random(8);
        for (int k = 0; k < entries; k++) {
            int i = 2 * rows[k];
            int j = 2 * pattern.columns()[k];
            terms.add(new Term(i, j, k, 1));
            terms.add(new Term(i + 1, j + 1, k, 1));
            terms.add(new Term(i, j + 1, entries + k, -1));
            terms.add(new Term(i + 1, j, entries + k, 1));
            point[entries + k] = i == j ? 1 : random.nextDouble(-0.2, 0.2);
        }
        SparseSolve solve = SparseSolve.by(solver);
        return new ParametrisedSystem(terms, 2 * n, point, false, (p, b) -> {
            ComplexPair values = new ComplexPair(p.slice(0, 0, entries), p.slice(0, entries, 2 * entries));
            Value pairs = b.reshape(n, 2);
            ComplexPair right = new ComplexPair(
                    pairs.slice(1, 0, 1).squeeze(1), pairs.slice(1, 1, 2).squeeze(1));
            ComplexPair x = solve.solve(pattern, values, right);
            return Value.stack(1, List.of(x.re(), x.im())).reshape(2 * n);
        });
    }

    /** Potentials in a grid of conductances; without a way to the ground constants are the null space. */
    private static ParametrisedSystem network(boolean grounded, SparseSolver solver) {
        int width = 6;
        int n = width * width;
        List<Term> terms = new ArrayList<>();
        int edges = 0;
        for (int i = 0; i < n; i++) {
            for (int j : new int[] {i % width < width - 1 ? i + 1 : -1, i + width < n ? i + width : -1}) {
                if (j >= 0) {
                    terms.add(new Term(i, i, edges, 1));
                    terms.add(new Term(j, j, edges, 1));
                    terms.add(new Term(i, j, edges, -1));
                    terms.add(new Term(j, i, edges++, -1));
                }
            }
        }
        if (grounded) {
            terms.add(new Term(0, 0, edges++, 1));
        }
        double[] point = new Random(4).doubles(edges, 0.5, 2).toArray();
        return assembled(terms, n, point, !grounded, solver);
    }

    /** Diffusion and a constant wind around a ring: rows and columns sum to zero, but the matrix is not symmetric. */
    private static ParametrisedSystem ring(SparseSolver solver) {
        int n = 18;
        List<Term> terms = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            int next = (i + 1) % n;
            terms.add(new Term(i, i, i, 1));
            terms.add(new Term(next, next, i, 1));
            terms.add(new Term(i, next, i, -1));
            terms.add(new Term(next, i, i, -1));
            terms.add(new Term(next, next, n, 1));
            terms.add(new Term(next, i, n, -1));
        }
        return assembled(terms, n, new Random(5).doubles(n + 1, 0.5, 2).toArray(), true, solver);
    }

    /** The stored values as a graph of the parameters. */
    private static ParametrisedSystem assembled(
            List<Term> terms, int n, double[] point, boolean constants, SparseSolver solver) {
        CsrAssembler assembler = new CsrAssembler(n, n, terms.size());
        terms.forEach(term -> assembler.add(term.row(), term.column(), 1));
        Pattern pattern = assembler.assemble().pattern();
        Value sources = ints(terms.stream().mapToInt(Term::parameter).toArray());
        Value targets = ints(terms.stream()
                .mapToInt(term -> pattern.position(term.row(), term.column()))
                .toArray());
        Value factors = Value.constant(Literal.of(
                TensorType.f64(terms.size()),
                terms.stream().mapToDouble(Term::factor).toArray()));
        SparseSolve solve = SparseSolve.by(solver);
        return new ParametrisedSystem(terms, n, point, constants, (p, b) -> {
            Value values = p.gather(sources).times(factors).scatterAdd(targets, pattern.entries());
            return solve.solve(pattern, values, b);
        });
    }

    private static Value ints(int[] numbers) {
        return Value.constant(Literal.of(
                new TensorType(DType.I32, Shape.of(numbers.length)),
                Arrays.stream(numbers).asDoubleStream().toArray()));
    }

    private static double[] random(int n, long seed) {
        return new Random(seed).doubles(n, -1, 1).toArray();
    }

    /** Gradient, and its derivative along a direction both forward over reverse and reverse over reverse. */
    private static List<Gradient> derivatives(ParametrisedSystem system, double[] b, double[] dp, double[] db) {
        TensorType parameters = TensorType.f64(system.point().length);
        TensorType vector = TensorType.f64(b.length);
        Value p = Value.input("p", parameters);
        Value right = Value.input("b", vector);
        Value direction = Value.input("dp", parameters);
        Value change = Value.input("db", vector);
        Value x = system.solution().apply(p, right);
        Value loss = x.square().times(0.5).sum().plus(x.apply(Primitive.SIN).sum());
        List<Value> outputs = new ArrayList<>(Derivatives.gradient(loss, p, right));
        Value along = outputs.get(0)
                .times(direction)
                .sum()
                .plus(outputs.get(1).times(change).sum());
        outputs.addAll(Derivatives.jvp(List.copyOf(outputs), List.of(p, right), List.of(direction, change)));
        outputs.addAll(Derivatives.gradient(along, p, right));
        Graph graph = Graph.of(List.of(p, right, direction, change), outputs);
        List<Literal> arguments = List.of(
                Literal.of(parameters, system.point()),
                Literal.of(vector, b),
                Literal.of(parameters, dp),
                Literal.of(vector, db));
        List<Gradient> results = new ArrayList<>();
        try (Device device = new ReferenceDevice()) {
            List<Literal> values = Runs.call(device, graph, arguments);
            for (int k = 0; k < values.size(); k += 2) {
                results.add(
                        new Gradient(values.get(k).toArray(), values.get(k + 1).toArray()));
            }
        }
        return results;
    }

    private static void assertClose(Gradient actual, Gradient expected) {
        assertClose(actual.parameters(), expected.parameters());
        assertClose(actual.rhs(), expected.rhs());
    }

    private static void assertClose(double[] actual, double[] expected) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        assertThat(actual).containsExactly(expected, within(ACCURACY * largest));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("systems")
    void matchDenseInverses(String name, ParametrisedSystem system) {
        double[] b = random(system.n(), 1);
        double[] dp = random(system.point().length, 2);
        double[] db = random(system.n(), 3);
        List<Gradient> actual = derivatives(system, b, dp, db);
        assertClose(actual.get(0), system.gradient(system.point(), b));
        Gradient second = system.second(system.point(), b, dp, db);
        assertClose(actual.get(1), second);
        assertClose(actual.get(2), second);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("systems")
    void matchCentralDifferences(String name, ParametrisedSystem system) {
        double[] b = random(system.n(), 1);
        double[] dp = random(system.point().length, 2);
        double[] db = random(system.n(), 3);
        List<Gradient> actual = derivatives(system, b, dp, db);
        double[] slopes = new double[system.point().length];
        Arrays.setAll(slopes, k -> difference(system, step -> loss(system, moved(system.point(), k, step), b)));
        double[] rhs = new double[b.length];
        Arrays.setAll(rhs, i -> difference(system, step -> loss(system, system.point(), moved(b, i, step))));
        assertClose(actual.get(0), new Gradient(slopes, rhs));
        // Of the gradient, whose formula the first half has confirmed.
        double[] secondSlopes = new double[slopes.length];
        Arrays.setAll(
                secondSlopes,
                k -> difference(system, step -> near(system, b, dp, db, step).parameters()[k]));
        double[] secondRhs = new double[rhs.length];
        Arrays.setAll(
                secondRhs,
                i -> difference(system, step -> near(system, b, dp, db, step).rhs()[i]));
        assertClose(actual.get(1), new Gradient(secondSlopes, secondRhs));
    }

    private static Gradient near(ParametrisedSystem system, double[] b, double[] dp, double[] db, double step) {
        double[] p = system.point().clone();
        Arrays.setAll(p, k -> p[k] + step * dp[k]);
        double[] right = b.clone();
        Arrays.setAll(right, i -> right[i] + step * db[i]);
        return system.gradient(p, right);
    }

    private static double[] moved(double[] point, int k, double step) {
        double[] moved = point.clone();
        moved[k] += step;
        return moved;
    }

    private static double loss(ParametrisedSystem system, double[] p, double[] b) {
        double[] x = new double[b.length];
        assertThat(AUTO.prepare(system.matrix(p)).solve(b, x, 1, false)).allMatch(SolveReport::converged);
        return ParametrisedSystem.loss(x);
    }

    /** The derivative at 0 by central differences of three steps, extrapolated to the sixth order (Richardson 1911). */
    private static double difference(ParametrisedSystem system, DoubleUnaryOperator f) {
        double scale = Arrays.stream(system.point()).map(Math::abs).max().orElse(1);
        double[] slope = new double[3];
        for (int k = 0; k < 3; k++) {
            double h = STEP * Math.min(1, scale) / (1 << k);
            slope[k] = (f.applyAsDouble(h) - f.applyAsDouble(-h)) / (2 * h);
        }
        double coarse = slope[1] + (slope[1] - slope[0]) / 3;
        double fine = slope[2] + (slope[2] - slope[1]) / 3;
        return fine + (fine - coarse) / 15;
    }
}
