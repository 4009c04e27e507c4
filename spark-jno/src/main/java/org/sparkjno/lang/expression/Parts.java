// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What expressions are made of. */
public final class Parts {
    private Parts() {}

    /** The variables of an expression, each once, in the order of first use. */
    public static Set<Source> sources(Expression expression) {
        Set<Source> sources = new LinkedHashSet<>();
        visit(List.of(expression), part -> {
            if (part.term() instanceof Term.Variable variable) {
                sources.add(variable.source());
            } else if (part.term() instanceof Term.Differentiate derivative) {
                sources.addAll(derivative.coordinates());
            }
        });
        return sources;
    }

    /** The models that expressions call, each once, in the order of first use. */
    public static Set<Callee> callees(Collection<Expression> expressions) {
        Set<Callee> callees = new LinkedHashSet<>();
        visit(expressions, part -> {
            if (part.term() instanceof Term.Call call) {
                callees.add(call.callee());
            }
        });
        return callees;
    }

    /** Shows each part of expressions once, operands before what is made of them. */
    public static void visit(Collection<Expression> expressions, Consumer<Expression> visitor) {
        Set<Expression> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        expressions.forEach(expression -> visit(expression, seen, visitor));
    }

    private static void visit(Expression expression, Set<Expression> seen, Consumer<Expression> visitor) {
        if (seen.add(expression)) {
            expression.operands().forEach(operand -> visit(operand, seen, visitor));
            visitor.accept(expression);
        }
    }
}
