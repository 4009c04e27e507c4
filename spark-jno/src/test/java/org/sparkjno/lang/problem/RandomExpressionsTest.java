// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Scheme;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.optim.Schedule;

/**
 * Expressions written at random, of coordinates, parameters of samples, data, derivatives and means, have the values that another
 * and slower way of calculating gives at each sample and point; whole, in portions, and divided among tasks.
 */
class RandomExpressionsTest {
    private static final int ORDER = 6;
    private static final double[][] PLACES = {{0.1, 0.3}, {0.7, -0.2}, {-0.5, 0.4}, {0.2, 0.9}, {-0.8, -0.6}};
    private static final double[] PARAMETERS = {0.4, -0.3, 0.8};
    private static final Domain DOMAIN = Domain.points(PLACES).samples(PARAMETERS.length);
    private static final Expression X = DOMAIN.interior("x");
    private static final Expression Y = DOMAIN.interior("y");
    private static final Expression K = DOMAIN.parameter("k", PARAMETERS);
    private static final double[] MEASURED = new Random(5).doubles(15).toArray();
    private static final Expression DATA = DOMAIN.field("f", MEASURED);
    private static final Map<String, Expression> VARIABLES = Map.of("x", X, "y", Y, "k", K);

    /** A sample with its parameter, and a point. */
    private record Place(int sample, int point, double parameter) {
        static Place of(int sample, int point) {
            return new Place(sample, point, PARAMETERS[sample]);
        }

        Place with(double other) {
            return new Place(sample, point, other);
        }

        TaylorNumber of(String name) {
            double value = switch (name) {
                case "x" -> PLACES[point][0];
                case "y" -> PLACES[point][1];
                default -> parameter;
            };
            return TaylorNumber.variable(ORDER, name, value);
        }
    }

    /**
     * An expression beside what it means.
     *
     * @param expression as written in the language
     * @param meaning its value at a place
     * @param depends the variables that it contains
     * @param order how often it is differentiated inside
     */
    private record Written(
            Expression expression, Function<Place, TaylorNumber> meaning, List<String> depends, int order) {
        Written with(Expression other, Function<TaylorNumber, TaylorNumber> function) {
            return new Written(other, place -> function.apply(meaning.apply(place)), depends, order);
        }
    }

    /** Writes. What it wrote before it uses again, so that parts are shared. */
    private static final class Author {
        private final Random random;
        private final List<Written> earlier = new ArrayList<>();

        Author(long seed) {
            this.random = new Random(seed);
        }

        /** Something smooth at each place. */
        Written smooth(int depth) {
            Written one = depth == 0 ? leaf() : composed(depth);
            earlier.add(one);
            return one;
        }

        private Written leaf() {
            if (random.nextInt(5) == 0) {
                double value = random.nextInt(7) - 3;
                return new Written(
                        Expression.constant(value), place -> TaylorNumber.constant(ORDER, value), List.of(), 0);
            }
            String name = List.of("x", "y", "k").get(random.nextInt(3));
            return new Written(VARIABLES.get(name), place -> place.of(name), List.of(name), 0);
        }

        private Written composed(int depth) {
            if (!earlier.isEmpty() && random.nextInt(4) == 0) {
                return earlier.get(random.nextInt(earlier.size()));
            }
            Written a = smooth(depth - 1);
            Expression u = a.expression();
            return switch (random.nextInt(10)) {
                case 0 -> a.with(u.sin(), TaylorNumber::sin);
                case 1 -> a.with(u.tanh(), TaylorNumber::tanh);
                case 2 -> a.with(u.square().plus(1).into(1), TaylorNumber::witch);
                case 3 ->
                    a.with(u.square().negate().exp(), v -> v.times(v).times(-1).exp());
                case 4 -> differentiated(a);
                case 8 -> at(a, List.of(0.3, -1.2).get(random.nextInt(2)));
                case 5 -> a.with(u.from(0.5), v -> v.times(-1).plus(TaylorNumber.constant(ORDER, 0.5)));
                case 6 -> both(a, smooth(depth - 1), Expression::plus, TaylorNumber::plus);
                case 7 -> both(a, smooth(depth - 1), Expression::minus, (v, w) -> v.plus(w.times(-1)));
                default -> both(a, smooth(depth - 1), Expression::times, TaylorNumber::times);
            };
        }

        /** With a number in place of the parameter, unless a derivative in it was taken. */
        private static Written at(Written a, double parameter) {
            if (a.order() > 0 || !a.depends().contains("k")) {
                return a;
            }
            return new Written(
                    a.expression().at(Map.of(K, Expression.constant(parameter))),
                    place -> a.meaning().apply(place.with(parameter)),
                    a.depends().stream().filter(name -> !name.equals("k")).toList(),
                    0);
        }

        private Written differentiated(Written a) {
            if (a.depends().isEmpty() || a.order() >= 3) {
                return a;
            }
            String by = a.depends().get(random.nextInt(a.depends().size()));
            Written once = new Written(
                    a.expression().d(VARIABLES.get(by)),
                    place -> a.meaning().apply(place).d(by),
                    a.depends(),
                    a.order() + 1);
            if (random.nextBoolean() && a.depends().contains("x") && a.depends().contains("y") && a.order() < 2) {
                return new Written(
                        a.expression().laplacian(X, Y),
                        place -> {
                            TaylorNumber v = a.meaning().apply(place);
                            return v.d("x").d("x").plus(v.d("y").d("y"));
                        },
                        a.depends(),
                        a.order() + 2);
            }
            return once;
        }

        private static Written both(
                Written a, Written b, BinaryOperator<Expression> written, BinaryOperator<TaylorNumber> meant) {
            List<String> depends = new ArrayList<>(a.depends());
            b.depends().stream().filter(name -> !depends.contains(name)).forEach(depends::add);
            return new Written(
                    written.apply(a.expression(), b.expression()),
                    place -> meant.apply(a.meaning().apply(place), b.meaning().apply(place)),
                    depends,
                    Math.max(a.order(), b.order()));
        }

        /** Something with data and means in it, which cannot be differentiated any more. */
        Written rough() {
            Written a = smooth(3);
            Written b = smooth(2);
            Written mean = averaged(b);
            Written sum = both(a, mean, Expression::times, TaylorNumber::times);
            Written data = new Written(
                    DATA,
                    place -> TaylorNumber.constant(ORDER, MEASURED[place.sample() * PLACES.length + place.point()]),
                    List.of("x", "k"),
                    0);
            return random.nextBoolean() ? sum : both(sum, data, Expression::minus, (v, w) -> v.plus(w.times(-1)));
        }

        /** The mean over the points or over the samples, if it has values along them. */
        private Written averaged(Written b) {
            boolean points = b.depends().contains("x") || b.depends().contains("y");
            boolean samples = b.depends().contains("k");
            if (points && random.nextBoolean()) {
                Expression along = b.depends().contains("x") ? X : Y;
                return new Written(
                        b.expression().mean(along),
                        place -> mean(
                                b,
                                IntStream.range(0, PLACES.length)
                                        .mapToObj(point -> Place.of(place.sample(), point))
                                        .toList()),
                        samples ? List.of("k") : List.of(),
                        b.order());
            }
            if (samples) {
                return new Written(
                        b.expression().mean(K),
                        place -> mean(
                                b,
                                IntStream.range(0, PARAMETERS.length)
                                        .mapToObj(sample -> Place.of(sample, place.point()))
                                        .toList()),
                        points ? List.of("x") : List.of(),
                        b.order());
            }
            return b;
        }

        private static TaylorNumber mean(Written of, List<Place> places) {
            double sum = places.stream()
                    .mapToDouble(place -> of.meaning().apply(place).value())
                    .sum();
            return TaylorNumber.constant(ORDER, sum / places.size());
        }
    }

    private static List<Written> some(long seed) {
        Author author = new Author(seed);
        return IntStream.range(0, 12)
                .mapToObj(i -> i % 2 == 0 ? author.smooth(4) : author.rough())
                .toList();
    }

    private static void requireSame(Written written, Field field) {
        for (int sample = 0; sample < PARAMETERS.length; sample++) {
            for (int point = 0; point < PLACES.length; point++) {
                double expected =
                        written.meaning().apply(Place.of(sample, point)).value();
                int at = 0;
                for (Axis axis : field.axes()) {
                    at = axis.kind() == Axis.Kind.SAMPLES
                            ? at * PARAMETERS.length + sample
                            : at * PLACES.length + point;
                }
                assertThat(field.values()[at])
                        .as("%s at sample %d, point %d", written.expression(), sample, point)
                        .isCloseTo(expected, within(1e-9 * (1 + Math.abs(expected))));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void expressionsHaveTheValuesThatTheyMean(long seed) {
        List<Written> written = some(seed);
        List<Expression> expressions = written.stream().map(Written::expression).toList();
        for (int rows : new int[] {1 << 16, 4}) {
            Evaluator evaluator =
                    new Evaluator(new EvaluationSettings(DType.F64, 0, 1, Scheme.AUTOMATIC), Map.of(), rows);
            List<Field> fields = evaluator.evaluate(new Evaluator.Question(expressions, List.of()));
            for (int i = 0; i < written.size(); i++) {
                requireSame(written.get(i), fields.get(i));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void lossesAndTheirGradientsAreThoseOfAllTasksTogether(long seed) throws Exception {
        List<Written> written = some(seed);
        Model a = Models.coefficient("a", 0.5).optimizer(Optimisers.sgd(0, new Schedule.Constant(0.1)));
        Problem problem = null;
        double expected = 0;
        for (int i = 0; i < written.size(); i++) {
            Expression scaled = written.get(i).expression().tanh().times(a.at());
            problem = problem == null
                    ? Problem.minimize("0", scaled.meanSquare())
                    : problem.and(Integer.toString(i), 1, scaled.meanSquare());
            expected += 0.25 * meanSquareOfTanh(written.get(i));
        }
        for (int tasks : new int[] {1, 2, 3, 4}) {
            double[] losses = Tiny.train(problem, Training.steps(2), tasks)
                    .get(0)
                    .history()
                    .total();
            assertThat(losses[0]).isCloseTo(expected, within(1e-9 * expected));
            // With loss = c·a², c = 4·loss at a = 1/2, one step of gradient descent gives a = 1/2·(1 − 0.2·c).
            double next = Math.pow(1 - 0.2 * 4 * expected, 2) * expected;
            assertThat(losses[1]).isCloseTo(next, within(1e-9 * expected));
        }
    }

    private static double meanSquareOfTanh(Written written) {
        double sum = 0;
        for (int sample = 0; sample < PARAMETERS.length; sample++) {
            for (int point = 0; point < PLACES.length; point++) {
                double value = Math.tanh(
                        written.meaning().apply(Place.of(sample, point)).value());
                sum += value * value;
            }
        }
        return sum / (PARAMETERS.length * PLACES.length);
    }
}
