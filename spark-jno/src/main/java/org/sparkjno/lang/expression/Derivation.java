// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.sparkjno.kernels.derive.DifferentialOperator;
import org.sparkjno.kernels.graph.Shape;

/** Writes derivatives, and refuses those that have no meaning. */
final class Derivation {
    private Derivation() {}

    /** An operator in these coordinates, numbered in their order. */
    static Expression of(Expression u, DifferentialOperator operator, Expression... coordinates) {
        List<Source> sources = new ArrayList<>();
        for (Expression coordinate : coordinates) {
            sources.add(coordinate(u, coordinate));
        }
        List<Source> distinct = sources.stream().distinct().toList();
        DifferentialOperator inDistinct = operator.renumbered(number -> distinct.indexOf(sources.get(number)));
        return Expression.of(new Term.Differentiate(inDistinct, distinct, Scheme.UNSAID), u);
    }

    static Expression partial(Expression u, Expression... coordinates) {
        if (coordinates.length == 0) {
            throw new ExpressionException("A derivative needs at least one coordinate, as in u.d(x).");
        }
        return of(u, DifferentialOperator.partial(numbers(coordinates)), coordinates);
    }

    static int[] numbers(Expression... coordinates) {
        return IntStream.range(0, coordinates.length).toArray();
    }

    /** The coordinates of {@code u} that these letters name. */
    static Expression[] coordinates(Expression u, String letters) {
        TreeMap<String, Source> known = new TreeMap<>();
        for (Source source : Parts.sources(u)) {
            if (source.isCoordinate()) {
                known.put(source.name(), source);
            }
        }
        return letters.chars()
                .mapToObj(letter -> {
                    Source source = known.get(String.valueOf((char) letter));
                    if (source == null) {
                        throw new ExpressionException("There is no coordinate '" + (char) letter + "' in '" + u
                                + "'; it depends on " + known.keySet() + ".");
                    }
                    return Expression.variable(source);
                })
                .toArray(Expression[]::new);
    }

    private static Source coordinate(Expression u, Expression coordinate) {
        if (!(coordinate.plain().term() instanceof Term.Variable variable)
                || !variable.source().isCoordinate()) {
            throw new ExpressionException(
                    "A derivative is taken by a coordinate or by a scalar parameter of the samples," + " but '"
                            + coordinate + "' is neither.");
        }
        Source source = variable.source();
        if (!u.space().axes().containsAll(source.space().axes())) {
            throw new ExpressionException("'" + u + "' does not depend on " + source.name() + " of "
                    + source.space() + ": it has values along " + u.space()
                    + "; differentiate by a coordinate of that region.");
        }
        return source;
    }

    static Expression jacobian(Expression u, Expression... coordinates) {
        Shape shape = u.space().components();
        if (shape.rank() != 1) {
            throw new ExpressionException("A Jacobian is one of a vector, but '" + u + "' has values of shape " + shape
                    + "; a scalar has a grad.");
        }
        return Expression.vector(IntStream.range(0, shape.dim(0))
                .mapToObj(i -> u.get(i).grad(coordinates))
                .toArray(Expression[]::new));
    }

    static Expression divergence(Expression u, List<Expression> coordinates) {
        if (coordinates.isEmpty()) {
            throw new ExpressionException("A divergence needs coordinates, as in v.divergence(x, y).");
        }
        requireVector("A divergence in " + coordinates.size() + " coordinates", u, coordinates.size());
        Expression sum = u.get(0).d(coordinates.get(0));
        for (int i = 1; i < coordinates.size(); i++) {
            sum = sum.plus(u.get(i).d(coordinates.get(i)));
        }
        return sum;
    }

    static Expression curl(Expression u, Expression... c) {
        requireVector("A curl in " + c.length + " coordinates", u, c.length);
        if (c.length == 2) {
            return u.get(1).d(c[0]).minus(u.get(0).d(c[1]));
        }
        if (c.length != 3) {
            throw new ExpressionException("A curl exists in two or three coordinates, not in " + c.length + ".");
        }
        return Expression.vector(
                u.get(2).d(c[1]).minus(u.get(1).d(c[2])),
                u.get(0).d(c[2]).minus(u.get(2).d(c[0])),
                u.get(1).d(c[0]).minus(u.get(0).d(c[1])));
    }

    private static void requireVector(String what, Expression u, int components) {
        if (!u.space().components().equals(Shape.of(components))) {
            throw new ExpressionException(what + " needs a vector of as many components, but '" + u
                    + "' has values of shape " + u.space().components() + ".");
        }
    }

    /** All derivatives in {@code u} that name no scheme, by this one. */
    static Expression by(Expression u, Scheme scheme) {
        List<Expression> operands =
                u.operands().stream().map(operand -> by(operand, scheme)).toList();
        Term term = u.term() instanceof Term.Differentiate derivative && derivative.scheme() == Scheme.UNSAID
                ? new Term.Differentiate(derivative.operator(), derivative.coordinates(), scheme)
                : u.term();
        boolean same = term == u.term() && same(operands, u.operands());
        return same ? u : Expression.of(term, operands);
    }

    private static boolean same(List<Expression> a, List<Expression> b) {
        return IntStream.range(0, a.size()).allMatch(i -> a.get(i) == b.get(i));
    }
}
