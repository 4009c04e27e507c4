// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Source;
import org.sparkjno.lang.expression.Term;

/**
 * Some expressions as a function of the numbers that are put in for their variables: what is compiled once for all such numbers.
 *
 * @param key by which equal forms are known, however often they are written
 * @param roots the expressions, with a variable for each such number
 * @param numbers that are put in
 */
record Form(Key key, List<Expression> roots, Map<PutIn, Double> numbers) {
    /**
     * All parts of expressions, each once, operands before what is made of them.
     *
     * @param parts what they are
     * @param roots numbers of the expressions among them
     */
    record Key(List<Part> parts, List<Integer> roots) {}

    /**
     * A part of expressions.
     *
     * @param term what it does
     * @param operands numbers of parts
     */
    record Part(Term term, List<Integer> operands) {}

    /** The form of some expressions. */
    static Form of(List<Expression> expressions) {
        Reading reading = new Reading();
        List<Integer> roots = expressions.stream().map(reading::number).toList();
        return new Form(
                new Key(List.copyOf(reading.known.keySet()), roots),
                roots.stream().map(reading.parts::get).toList(),
                reading.numbers);
    }

    /** Numbers the parts of expressions. */
    private static final class Reading {
        final Map<Expression, Integer> done = new IdentityHashMap<>();
        final Map<Part, Integer> known = new LinkedHashMap<>();
        final List<Expression> parts = new ArrayList<>();
        final Map<PutIn, Double> numbers = new HashMap<>();

        int number(Expression expression) {
            Integer number = done.get(expression);
            if (number == null) {
                number = find(expression);
                done.put(expression, number);
            }
            return number;
        }

        private int find(Expression expression) {
            List<Integer> operands =
                    expression.operands().stream().map(this::number).toList();
            Part part = new Part(opened(expression.term()), operands);
            Integer number = known.get(part);
            if (number == null) {
                number = parts.size();
                known.put(part, number);
                parts.add(Expression.of(
                        part.term(), operands.stream().map(parts::get).toList()));
            }
            return number;
        }

        private Term opened(Term term) {
            if (term instanceof Term.Constant constant && constant.variable() != null) {
                return new Term.Variable(putIn(constant.variable(), constant.value()));
            }
            return term;
        }

        /** The same number for the same variable is one; another number for it is another. */
        private PutIn putIn(Source variable, double value) {
            for (int number = 0; ; number++) {
                PutIn putIn = new PutIn(variable, number);
                Double known = numbers.putIfAbsent(putIn, value);
                if (known == null || known.equals(value)) {
                    return putIn;
                }
            }
        }
    }
}
