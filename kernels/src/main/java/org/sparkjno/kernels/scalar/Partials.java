// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.scalar;

import java.util.List;

/**
 * The derivatives of all primitives, as formulas of primitives.
 *
 * @param algebra what the formulas are built in
 */
record Partials<T>(Algebra<T> algebra) {

    /** The derivative with respect to argument {@code i} of {@code y = primitive(x)}; null where it is zero everywhere. */
    T of(Primitive primitive, int i, List<T> x, T y) {
        return switch (primitive) {
            case ADD -> number(1);
            case SUB -> number(i == 0 ? 1 : -1);
            case MUL -> x.get(1 - i);
            case DIV -> i == 0 ? quotient(number(1), x.get(1)) : negative(quotient(y, x.get(1)));
            case NEG -> number(-1);
            case ABS -> apply(Primitive.SIGN, x.get(0));
            case MIN -> share(apply(Primitive.LT, x.get(i), x.get(1 - i)), x);
            case MAX -> share(apply(Primitive.LT, x.get(1 - i), x.get(i)), x);
            case SQRT -> quotient(number(0.5), y);
            case RSQRT -> product(number(-0.5), quotient(y, x.get(0)));
            case EXP -> y;
            case EXPM1 -> apply(Primitive.ADD, y, number(1));
            case LOG -> quotient(number(1), x.get(0));
            case LOG1P -> quotient(number(1), apply(Primitive.ADD, x.get(0), number(1)));
            case SIN -> apply(Primitive.COS, x.get(0));
            case COS -> negative(apply(Primitive.SIN, x.get(0)));
            case TANH -> apply(Primitive.SUB, number(1), product(y, y));
            case ASIN -> apply(Primitive.RSQRT, oneMinusSquare(x.get(0)));
            case ACOS -> negative(apply(Primitive.RSQRT, oneMinusSquare(x.get(0))));
            case ATAN -> quotient(number(1), onePlusSquare(x.get(0)));
            case ATAN2 -> angle(i, x.get(0), x.get(1));
            case ASINH -> apply(Primitive.RSQRT, onePlusSquare(x.get(0)));
            case ERF -> product(number(2 / Math.sqrt(Math.PI)), gauss(x.get(0)));
            case POW -> i == 0 ? powerByBase(x.get(0), x.get(1)) : product(y, logarithmOrZero(x.get(0)));
            case SELECT -> i == 0 ? null : select(x.get(0), number(2 - i), number(i - 1));
            case SIGN, FLOOR, LT, LE, EQ, NE, AND, OR, NOT -> null;
        };
    }

    /** 1 where this argument wins, 1/2 where the arguments are equal. */
    private T share(T wins, List<T> x) {
        T tie = select(apply(Primitive.EQ, x.get(0), x.get(1)), number(0.5), number(0));
        return select(wins, number(1), tie);
    }

    /** {@code (1 - x)(1 + x)}, without cancellation near the ends. */
    private T oneMinusSquare(T x) {
        return product(apply(Primitive.SUB, number(1), x), apply(Primitive.ADD, number(1), x));
    }

    private T onePlusSquare(T x) {
        return apply(Primitive.ADD, product(x, x), number(1));
    }

    /** {@code (x, -y) / (x^2 + y^2)}. */
    private T angle(int i, T y, T x) {
        T square = apply(Primitive.ADD, product(x, x), product(y, y));
        return quotient(i == 0 ? x : negative(y), square);
    }

    private T gauss(T x) {
        return apply(Primitive.EXP, negative(product(x, x)));
    }

    /** b a^(b-1), and 0 for b = 0 also where a^(b-1) is infinite. */
    private T powerByBase(T a, T b) {
        T slope = product(b, apply(Primitive.POW, a, apply(Primitive.SUB, b, number(1))));
        return select(apply(Primitive.EQ, b, number(0)), number(0), slope);
    }

    private T logarithmOrZero(T a) {
        return apply(Primitive.LOG, select(apply(Primitive.EQ, a, number(0)), number(1), a));
    }

    private T number(double number) {
        return algebra.constant(number);
    }

    private T negative(T a) {
        return apply(Primitive.NEG, a);
    }

    private T product(T a, T b) {
        return apply(Primitive.MUL, a, b);
    }

    private T quotient(T a, T b) {
        return apply(Primitive.DIV, a, b);
    }

    private T select(T condition, T a, T b) {
        return algebra.apply(Primitive.SELECT, List.of(condition, a, b));
    }

    private T apply(Primitive primitive, T a) {
        return algebra.apply(primitive, List.of(a));
    }

    private T apply(Primitive primitive, T a, T b) {
        return algebra.apply(primitive, List.of(a, b));
    }
}
