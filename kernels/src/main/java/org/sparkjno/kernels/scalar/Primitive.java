// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.scalar;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Stand-in until the scalar table is merged. */
public enum Primitive {
    ADD(2),
    SUB(2),
    MUL(2),
    DIV(2),
    NEG(1),
    ABS(1),
    SIGN(1),
    MIN(2),
    MAX(2),
    SQRT(1),
    RSQRT(1),
    EXP(1),
    EXPM1(1),
    LOG(1),
    LOG1P(1),
    SIN(1),
    COS(1),
    TANH(1),
    ERF(1),
    POW(2),
    FLOOR(1),
    LT(2),
    LE(2),
    EQ(2),
    NE(2),
    AND(2),
    OR(2),
    NOT(1),
    SELECT(3);

    private final int arity;

    Primitive(int arity) {
        this.arity = arity;
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public int arity() {
        return arity;
    }

    public boolean isComparison() {
        return this == LT || this == LE || this == EQ || this == NE;
    }

    public boolean isLogical() {
        return this == AND || this == OR || this == NOT;
    }

    public boolean needsFloating() {
        return ordinal() >= SQRT.ordinal() && ordinal() <= FLOOR.ordinal();
    }

    public <T> T partial(int i, Algebra<T> g, List<T> a, T result) {
        return switch (this) {
            case MUL -> a.get(1 - i);
            case DIV ->
                i == 0
                        ? g.apply(DIV, List.of(g.constant(1), a.get(1)))
                        : g.apply(NEG, List.of(g.apply(DIV, List.of(result, a.get(1)))));
            case EXP -> result;
            case SQRT -> g.apply(DIV, List.of(g.constant(0.5), result));
            case TANH -> g.apply(SUB, List.of(g.constant(1), g.apply(MUL, List.of(result, result))));
            case ERF ->
                g.apply(
                        MUL,
                        List.of(
                                g.constant(2 / Math.sqrt(Math.PI)),
                                g.apply(
                                        EXP,
                                        List.of(g.apply(NEG, List.of(g.apply(MUL, List.of(a.get(0), a.get(0)))))))));
            default -> null;
        };
    }

    public double value(double... a) {
        return switch (this) {
            case ADD -> a[0] + a[1];
            case SUB -> a[0] - a[1];
            case MUL -> a[0] * a[1];
            case DIV -> a[0] / a[1];
            case NEG -> -a[0];
            case EXP -> Math.exp(a[0]);
            case SQRT -> Math.sqrt(a[0]);
            case TANH -> Math.tanh(a[0]);
            case MAX -> Math.max(a[0], a[1]);
            case MIN -> Math.min(a[0], a[1]);
            case ABS -> Math.abs(a[0]);
            case LT -> a[0] < a[1] ? 1 : 0;
            case LE -> a[0] <= a[1] ? 1 : 0;
            case EQ -> a[0] == a[1] ? 1 : 0;
            case NE -> a[0] != a[1] ? 1 : 0;
            case AND -> a[0] != 0 && a[1] != 0 ? 1 : 0;
            case OR -> a[0] != 0 || a[1] != 0 ? 1 : 0;
            case NOT -> a[0] == 0 ? 1 : 0;
            case SELECT -> a[0] != 0 ? a[1] : a[2];
            default -> throw new IllegalStateException(text());
        };
    }

    public String c(Precision p, List<String> a) {
        String s = p == Precision.SINGLE ? "f" : "";
        return switch (this) {
            case ADD -> "(" + a.get(0) + " + " + a.get(1) + ")";
            case SUB -> "(" + a.get(0) + " - " + a.get(1) + ")";
            case MUL -> "(" + a.get(0) + " * " + a.get(1) + ")";
            case DIV -> "(" + a.get(0) + " / " + a.get(1) + ")";
            case NEG -> "(-" + a.get(0) + ")";
            case ABS -> "__builtin_fabs" + s + "(" + a.get(0) + ")";
            case LT -> "(" + a.get(0) + " < " + a.get(1) + ")";
            case LE -> "(" + a.get(0) + " <= " + a.get(1) + ")";
            case EQ -> "(" + a.get(0) + " == " + a.get(1) + ")";
            case NE -> "(" + a.get(0) + " != " + a.get(1) + ")";
            case AND -> "(" + a.get(0) + " && " + a.get(1) + ")";
            case OR -> "(" + a.get(0) + " || " + a.get(1) + ")";
            case NOT -> "(!" + a.get(0) + ")";
            case SELECT -> "(" + a.get(0) + " ? " + a.get(1) + " : " + a.get(2) + ")";
            case MAX -> "(" + a.get(0) + " > " + a.get(1) + " ? " + a.get(0) + " : " + a.get(1) + ")";
            case MIN -> "(" + a.get(0) + " < " + a.get(1) + " ? " + a.get(0) + " : " + a.get(1) + ")";
            case EXP -> "__builtin_exp" + s + "(" + a.get(0) + ")";
            case SQRT -> "__builtin_sqrt" + s + "(" + a.get(0) + ")";
            case TANH -> "__builtin_tanh" + s + "(" + a.get(0) + ")";
            case ERF -> "__builtin_erf" + s + "(" + a.get(0) + ")";
            default -> throw new IllegalStateException(text());
        };
    }

    public static String definitions(Set<Primitive> primitives, Precision precision) {
        return "";
    }
}
