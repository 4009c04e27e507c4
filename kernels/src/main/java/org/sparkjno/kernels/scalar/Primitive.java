// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.scalar;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The table of scalar primitives, one row each: arity, value and C spelling; the derivatives stand in {@link Partials}.
 *
 * <p>Common to all rows: a NaN argument gives NaN (a comparison: false) unless the row says otherwise. Booleans are the
 * numbers 0 and 1. The sign of a zero carries no meaning: neither derivatives nor compiled code keep it. Compiled code is
 * within 2 units in the last place of the exact value for either precision.
 */
public enum Primitive {
    ADD(2, a -> a[0] + a[1], Spelling.infix("+")),
    SUB(2, a -> a[0] - a[1], Spelling.infix("-")),
    MUL(2, a -> a[0] * a[1], Spelling.infix("*")),
    /** {@code x / 0} is infinite, {@code 0 / 0} is NaN. */
    DIV(2, a -> a[0] / a[1], Spelling.infix("/")),
    NEG(1, a -> -a[0], Spelling.prefix("-")),
    /** Derivative 0 at 0. */
    ABS(1, a -> Math.abs(a[0]), Spelling.call("abs")),
    /** 1, 0 or -1; derivative 0 everywhere. */
    SIGN(1, a -> Math.signum(a[0]), Spelling.call("sign")),
    /** Where both arguments are equal, each gets half of the derivative. */
    MIN(2, a -> Math.min(a[0], a[1]), Spelling.call("min")),
    /** Where both arguments are equal, each gets half of the derivative. */
    MAX(2, a -> Math.max(a[0], a[1]), Spelling.call("max")),
    /** NaN for negative arguments. */
    SQRT(1, a -> Math.sqrt(a[0]), Spelling.call("sqrt")),
    /** {@code 1 / sqrt(x)}: infinite at 0, NaN for negative arguments. */
    RSQRT(1, a -> 1 / Math.sqrt(a[0]), Spelling.call("rsqrt")),
    EXP(1, a -> Math.exp(a[0]), Spelling.call("exp")),
    /** {@code exp(x) - 1} without cancellation near 0. */
    EXPM1(1, a -> Math.expm1(a[0]), Spelling.call("expm1")),
    /** Natural logarithm: minus infinity at 0, NaN for negative arguments. */
    LOG(1, a -> Math.log(a[0]), Spelling.call("log")),
    /** {@code log(1 + x)} without cancellation near 0: minus infinity at -1, NaN below. */
    LOG1P(1, a -> Math.log1p(a[0]), Spelling.call("log1p")),
    SIN(1, a -> Math.sin(a[0]), Spelling.call("sin")),
    COS(1, a -> Math.cos(a[0]), Spelling.call("cos")),
    TANH(1, a -> Math.tanh(a[0]), Spelling.call("tanh")),
    /** Between -pi/2 and pi/2; NaN beyond -1 and 1, where the derivative is infinite. */
    ASIN(1, a -> Math.asin(a[0]), Spelling.call("asin")),
    /** Between 0 and pi; NaN beyond -1 and 1, where the derivative is infinite. */
    ACOS(1, a -> Math.acos(a[0]), Spelling.call("acos")),
    /** Between -pi/2 and pi/2. */
    ATAN(1, a -> Math.atan(a[0]), Spelling.call("atan")),
    /** The angle, between -pi and pi, of the point with ordinate {@code a[0]} and abscissa {@code a[1]}: 0 at the origin. */
    ATAN2(2, a -> Math.atan2(a[0] + 0.0, a[1] + 0.0), Spelling.call("atan2")),
    ASINH(1, a -> asinh(a[0]), Spelling.call("asinh")),
    /** Error function {@code 2/sqrt(pi)} times the integral of {@code exp(-t^2)} from 0 to x. */
    ERF(1, a -> Erf.of(a[0]), Spelling.call("erf")),
    /**
     * As C99, annex F: {@code pow(x, 0) = 1} and {@code pow(1, y) = 1} even for NaN, {@code pow(-1, +-infinity) = 1}, NaN
     * for a finite negative base with a fractional exponent. The derivative to the exponent is 0 at a zero base; that to
     * the base is 0 for a zero exponent.
     */
    POW(2, a -> pow(a[0], a[1]), Spelling.call("pow")),
    FLOOR(1, a -> Math.floor(a[0]), Spelling.call("floor")),
    LT(2, a -> truth(a[0] < a[1]), Spelling.infix("<")),
    LE(2, a -> truth(a[0] <= a[1]), Spelling.infix("<=")),
    EQ(2, a -> truth(a[0] == a[1]), Spelling.infix("==")),
    /** True where an argument is NaN. */
    NE(2, a -> truth(a[0] != a[1]), Spelling.infix("!=")),
    AND(2, a -> truth(a[0] != 0 && a[1] != 0), Spelling.infix("&")),
    OR(2, a -> truth(a[0] != 0 || a[1] != 0), Spelling.infix("|")),
    NOT(1, a -> truth(a[0] == 0), Spelling.prefix("!")),
    /** {@code condition ? a : b}; a NaN in the branch not taken does not matter. */
    SELECT(3, a -> a[0] != 0 ? a[1] : a[2], Spelling.choice());

    private final int arity;
    private final Value value;
    private final Spelling spelling;

    /** The number a row computes. */
    @FunctionalInterface
    private interface Value {
        double of(double[] arguments);
    }

    Primitive(int arity, Value value, Spelling spelling) {
        this.arity = arity;
        this.value = value;
        this.spelling = spelling;
    }

    /** Number of arguments. */
    public int arity() {
        return arity;
    }

    /** The lower-case name by which printed graphs call it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The primitive of that lower-case name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Primitive named(String text) {
        for (Primitive primitive : values()) {
            if (primitive.text().equals(text)) {
                return primitive;
            }
        }
        throw new IllegalArgumentException("There is no scalar primitive named " + text + ".");
    }

    /** Whether it compares two numbers. */
    public boolean isComparison() {
        return switch (this) {
            case LT, LE, EQ, NE -> true;
            default -> false;
        };
    }

    /** Whether it combines booleans. */
    public boolean isLogical() {
        return switch (this) {
            case AND, OR, NOT -> true;
            default -> false;
        };
    }

    /** Whether it makes no sense for whole numbers. */
    public boolean needsFloating() {
        return switch (this) {
            case SQRT, RSQRT, EXP, EXPM1, LOG, LOG1P, SIN, COS, TANH, ASIN, ACOS, ATAN, ATAN2, ASINH, ERF, POW, FLOOR ->
                true;
            default -> false;
        };
    }

    /**
     * The value in double precision.
     *
     * @param arguments as many as the arity; booleans as 0 and 1
     */
    public double value(double... arguments) {
        checkArity(arguments.length);
        return value.of(arguments);
    }

    /**
     * The derivative with respect to one argument, built in the algebra of the caller.
     *
     * @param argument which one, from 0
     * @param algebra builds the formula
     * @param arguments where the derivative is taken
     * @param result the primitive applied to the arguments, which many derivatives use again
     * @return empty where the derivative is zero everywhere
     */
    public <T> Optional<T> partial(int argument, Algebra<T> algebra, List<T> arguments, T result) {
        checkArity(arguments.size());
        if (argument < 0 || argument >= arity) {
            throw new IllegalArgumentException(text() + " has no argument " + argument + ".");
        }
        return Optional.ofNullable(new Partials<>(algebra).of(this, argument, arguments, result));
    }

    /**
     * A C expression for the value. It needs the {@link MathLibrary#definitions definitions} of the primitive ahead of it,
     * and arguments that may stand anywhere in an expression.
     */
    public String c(Precision precision, List<String> arguments) {
        checkArity(arguments.size());
        return spelling.write(precision, arguments);
    }

    /**
     * Whether arguments must be brought into a period first, which is cheap for those near zero and long for the far ones:
     * {@link #c} holds for all, {@link #near} where {@link #far} is false.
     */
    public boolean isPeriodic() {
        return this == SIN || this == COS;
    }

    /**
     * A C expression for the value at arguments that are not {@link #far}.
     *
     * @throws IllegalStateException if the primitive is not periodic
     */
    public String near(Precision precision, String argument) {
        return periodic("near_" + text(), precision, argument);
    }

    /**
     * A C expression for whether the argument is too far from zero for {@link #near}.
     *
     * @throws IllegalStateException if the primitive is not periodic
     */
    public String far(Precision precision, String argument) {
        return periodic("far", precision, argument);
    }

    private String periodic(String function, Precision precision, String argument) {
        if (!isPeriodic()) {
            throw new IllegalStateException(text() + " is not periodic; use c(precision, arguments).");
        }
        return Spelling.call(function).write(precision, List.of(argument));
    }

    /** The C function that computes it, without prefix and precision; empty for what C has an operator for. */
    Optional<String> function() {
        return spelling.function();
    }

    private void checkArity(int count) {
        if (count != arity) {
            throw new IllegalArgumentException(text() + " takes " + arity + " arguments, not " + count + ".");
        }
    }

    private static double truth(boolean condition) {
        return condition ? 1 : 0;
    }

    /** {@code log(1 + a + a^2 / (1 + sqrt(1 + a^2)))}, and {@code log(2 a)} where the square might overflow. */
    private static double asinh(double x) {
        double a = Math.abs(x);
        double y = a > 0x1p54 ? Math.log(a) + Math.log(2) : Math.log1p(a + a * a / (1 + Math.sqrt(1 + a * a)));
        return Math.copySign(y, x);
    }

    /** Java differs from C99 where the base is plus or minus 1, and keeps the sign of a zero base. */
    private static double pow(double x, double y) {
        if (x == 1 || (x == -1 && Double.isInfinite(y))) {
            return 1;
        }
        return Math.pow(x == 0 ? 0.0 : x, y);
    }
}
