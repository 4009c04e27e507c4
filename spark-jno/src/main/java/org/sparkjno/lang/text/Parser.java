// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.sparkjno.amg.configuration.NearestName;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Term;

/** Reads one formula by recursive descent; {@link Residual} has the grammar. */
final class Parser {
    private static final Map<String, BinaryOperator<Expression>> COMPARISONS = Map.of(
            "<",
            Expression::less,
            "<=",
            Expression::lessEqual,
            ">",
            Expression::greater,
            ">=",
            Expression::greaterEqual);

    private final String text;
    private final List<Token> tokens;
    private final Names names;
    private int at;

    Parser(String text, Names names) {
        this.text = text;
        this.tokens = Token.split(text);
        this.names = names;
    }

    Expression equation() {
        Expression left = sum();
        Token equals = token();
        if (taken("=")) {
            Expression right = sum();
            Expression difference = left;
            left = isNumber(right) && number(right) == 0 ? left : written(equals, () -> minus(difference, right));
        }
        if (token().kind() != Token.Kind.END) {
            throw refusal(token(), "the formula goes on with '" + token().text() + "' where an operator is missing");
        }
        return left;
    }

    private Expression comparison() {
        Expression left = sum();
        Token sign = token();
        BinaryOperator<Expression> comparison = COMPARISONS.get(sign.text());
        if (sign.kind() != Token.Kind.SYMBOL || comparison == null) {
            return left;
        }
        at++;
        Expression right = sum();
        return written(sign, () -> comparison.apply(left, right));
    }

    private Expression sum() {
        Expression sum = product();
        while (true) {
            Token sign = token();
            if (taken("+")) {
                Expression left = sum;
                Expression right = product();
                sum = written(sign, () -> plus(left, right));
            } else if (taken("-")) {
                Expression left = sum;
                Expression right = product();
                sum = written(sign, () -> minus(left, right));
            } else {
                return sum;
            }
        }
    }

    private Expression product() {
        Expression product = sign();
        while (true) {
            Token sign = token();
            if (taken("*")) {
                Expression left = product;
                Expression right = sign();
                product = written(sign, () -> times(left, right));
            } else if (taken("/")) {
                Expression left = product;
                Expression right = sign();
                product = written(sign, () -> over(left, right));
            } else {
                return product;
            }
        }
    }

    private Expression sign() {
        if (taken("-")) {
            Expression operand = sign();
            return isNumber(operand) ? Expression.constant(-number(operand)) : operand.negate();
        }
        return taken("+") ? sign() : power();
    }

    private Expression power() {
        Expression base = entry();
        Token sign = token();
        if (!taken("^")) {
            return base;
        }
        Expression exponent = sign();
        if (isNumber(base) && isNumber(exponent)) {
            return Expression.constant(Math.pow(number(base), number(exponent)));
        }
        return written(sign, () -> isNumber(exponent) ? base.power(number(exponent)) : base.power(exponent));
    }

    private Expression entry() {
        Expression entry = atom();
        while (true) {
            Token bracket = token();
            if (!taken("[")) {
                return entry;
            }
            Token index = token();
            if (index.kind() != Token.Kind.NUMBER || !index.text().chars().allMatch(Character::isDigit)) {
                throw refusal(index, "a component has a whole number, from 0");
            }
            at++;
            close("]");
            Expression whole = entry;
            entry = written(bracket, () -> whole.get(Integer.parseInt(index.text())));
        }
    }

    private Expression atom() {
        Token token = token();
        at++;
        if (token.kind() == Token.Kind.NUMBER) {
            return Expression.constant(Double.parseDouble(token.text()));
        }
        if (token.is("(")) {
            Expression inner = sum();
            close(")");
            return inner;
        }
        if (token.kind() != Token.Kind.NAME) {
            throw refusal(token, "a number, a name or a parenthesis is missing before '" + token.text() + "'");
        }
        if (token().is("(") && !names.known().containsKey(token.text())) {
            return call(token);
        }
        return written(token, () -> names.find(token.text()).orElseThrow(() -> unknown(token)));
    }

    private Expression call(Token function) {
        if (!Functions.has(function.text())) {
            throw refusal(
                    function,
                    "there is no function '" + function.text() + "'; did you mean '"
                            + NearestName.of(function.text(), Functions.all()) + "'?");
        }
        taken("(");
        List<Expression> arguments = new ArrayList<>();
        do {
            arguments.add(comparison());
        } while (taken(","));
        close(")");
        return written(function, () -> Functions.call(function.text(), arguments, names));
    }

    private ExpressionException unknown(Token token) {
        int subscript = token.text().lastIndexOf('_');
        String base = subscript < 0 ? "" : token.text().substring(0, subscript);
        if (names.known().containsKey(base)) {
            return refusal(
                    token,
                    "'" + base + "' is not differentiated by '" + token.text().substring(subscript + 1)
                            + "'; the coordinates are "
                            + new TreeSet<>(names.coordinates().keySet()));
        }
        String name = base.isEmpty() ? token.text() : base;
        return refusal(
                token,
                "there is no '" + name + "', but there are " + String.join(", ", names.all()) + "; did you mean '"
                        + NearestName.of(name, names.all()) + "', or is an argument called '" + name + "' missing?");
    }

    // Numbers are folded, and stand on the right, as in what one writes by methods.

    private static Expression plus(Expression left, Expression right) {
        if (isNumber(left)) {
            return isNumber(right) ? Expression.constant(number(left) + number(right)) : right.plus(number(left));
        }
        return isNumber(right) ? left.plus(number(right)) : left.plus(right);
    }

    private static Expression minus(Expression left, Expression right) {
        if (isNumber(left)) {
            return isNumber(right) ? Expression.constant(number(left) - number(right)) : right.from(number(left));
        }
        return isNumber(right) ? left.minus(number(right)) : left.minus(right);
    }

    private static Expression times(Expression left, Expression right) {
        if (isNumber(left)) {
            return isNumber(right) ? Expression.constant(number(left) * number(right)) : right.times(number(left));
        }
        return isNumber(right) ? left.times(number(right)) : left.times(right);
    }

    private static Expression over(Expression left, Expression right) {
        if (isNumber(left)) {
            return isNumber(right) ? Expression.constant(number(left) / number(right)) : right.into(number(left));
        }
        return isNumber(right) ? left.div(number(right)) : left.div(right);
    }

    private static boolean isNumber(Expression expression) {
        return expression.term() instanceof Term.Constant;
    }

    private static double number(Expression expression) {
        return ((Term.Constant) expression.term()).value();
    }

    // Tokens

    private Token token() {
        return tokens.get(at);
    }

    private boolean taken(String symbol) {
        boolean here = token().is(symbol);
        at += here ? 1 : 0;
        return here;
    }

    private void close(String symbol) {
        if (!taken(symbol)) {
            throw refusal(
                    token(),
                    "'" + symbol + "' is missing before "
                            + (token().kind() == Token.Kind.END ? "the end" : "'" + token().text() + "'"));
        }
    }

    private ExpressionException refusal(Token token, String why) {
        return Refusal.at(text, token.column(), why);
    }

    /** What an operator gives, or why it does not, with the place of the operator. */
    private Expression written(Token token, Supplier<Expression> operation) {
        try {
            return operation.get();
        } catch (ExpressionException e) {
            if (e.getMessage().startsWith("Column ")) {
                throw e;
            }
            String why = e.getMessage();
            throw refusal(token, why.endsWith(".") ? why.substring(0, why.length() - 1) : why);
        }
    }
}
