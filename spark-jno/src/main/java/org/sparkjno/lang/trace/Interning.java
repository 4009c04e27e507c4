// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Term;

/** Makes equal expressions, however often written, one object. */
final class Interning {
    private final Map<Expression, Expression> done = new IdentityHashMap<>();
    private final Map<Key, Expression> known = new HashMap<>();
    private final Map<Expression, Integer> numbers = new IdentityHashMap<>();

    /** A term and the numbers of its operands. */
    private record Key(Term term, List<Integer> operands) {}

    Expression of(Expression expression) {
        Expression one = done.get(expression);
        if (one == null) {
            one = find(expression);
            done.put(expression, one);
        }
        return one;
    }

    private Expression find(Expression expression) {
        List<Expression> operands = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (Expression operand : expression.operands()) {
            Expression one = of(operand);
            operands.add(one);
            places.add(numbers.get(one));
        }
        if (expression.term().isRemark()) {
            return operands.get(0);
        }
        return known.computeIfAbsent(new Key(expression.term(), places), key -> {
            Expression one = operands.equals(expression.operands()) ? expression : Expression.of(key.term(), operands);
            numbers.put(one, numbers.size());
            return one;
        });
    }
}
