package org.sparkjno.kernels.scalar;

import java.util.List;

/** Stand-in until the scalar table is merged. */
public enum Primitive {
    ADD, SUB, MUL, DIV, NEG, ABS, SIGN, MIN, MAX, SQRT, RSQRT, EXP, EXPM1, LOG, LOG1P, SIN, COS, TANH, ERF, POW, FLOOR, LT, LE, EQ, NE, AND, OR, NOT, SELECT;

    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public int arity() {
        return 2;
    }

    public boolean isComparison() {
        return false;
    }

    public boolean isLogical() {
        return false;
    }

    public boolean needsFloating() {
        return false;
    }

    public <T> T partial(int i, Algebra<T> algebra, List<T> args, T result) {
        return null;
    }

    public double value(double... args) {
        return 0;
    }
}
