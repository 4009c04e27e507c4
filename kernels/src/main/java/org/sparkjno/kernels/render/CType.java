// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.scalar.Precision;

/** Element types and numbers as C spells them. */
final class CType {
    private CType() {}

    /** The type of an element in memory. */
    static String memory(DType dtype) {
        return switch (dtype) {
            case F32 -> "float";
            case F64 -> "double";
            case I32 -> "int";
            case I64 -> "long";
            case BOOL -> "unsigned char";
        };
    }

    /** The type of a value in a register; truth values are ints there. */
    static String register(DType dtype) {
        return dtype == DType.BOOL ? "int" : memory(dtype);
    }

    static Precision precision(DType dtype) {
        return dtype == DType.F32 ? Precision.SINGLE : Precision.DOUBLE;
    }

    /** A number of an element type. */
    static String number(DType dtype, double value) {
        return switch (dtype) {
            case F32 -> special(value, Float.toString((float) value), "f");
            case F64 -> special(value, Double.toString(value), "");
            case I32 -> Integer.toString((int) value);
            case I64 -> (long) value + "L";
            case BOOL -> value != 0 ? "1" : "0";
        };
    }

    private static String special(double value, String decimal, String suffix) {
        if (Double.isNaN(value)) {
            return "__builtin_nan" + suffix + "(\"\")";
        }
        if (Double.isInfinite(value)) {
            return (value < 0 ? "(-" : "(") + "__builtin_inf" + suffix + "())";
        }
        return value < 0 || decimal.startsWith("-") ? "(" + decimal + suffix + ")" : decimal + suffix;
    }
}
