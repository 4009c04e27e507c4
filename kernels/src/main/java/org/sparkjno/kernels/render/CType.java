// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.scalar.Precision;

/** Element types and numbers as C spells them. */
final class CType {
    /** Conversions between float and the upper half of its bits, rounding to nearest even. */
    private static final String BFLOAT16 = """
            %1$sfloat jno_widen(unsigned short half) {
              const unsigned bits = (unsigned)half << 16;
              float value;
              __builtin_memcpy(&value, &bits, 4);
              return value;
            }
            %1$sunsigned short jno_narrow(float value) {
              unsigned bits;
              __builtin_memcpy(&bits, &value, 4);
              const unsigned rounded = (bits + 0x7FFF + (bits >> 16 & 1)) >> 16;
              return (unsigned short)(value != value ? bits >> 16 | 0x40 : rounded);
            }
            """;

    private CType() {}

    /** Definitions for numbers that are stored in sixteen bits. */
    static String bfloat16(Dialect dialect) {
        return BFLOAT16.replace("%1$s", dialect.function());
    }

    /** The type of an element in memory. */
    static String memory(DType dtype) {
        return switch (dtype) {
            case F32 -> "float";
            case F64 -> "double";
            case BF16 -> "unsigned short";
            case I32 -> "int";
            case I64 -> "long";
            case BOOL -> "unsigned char";
        };
    }

    /** The type of a value in a register; truth values are ints there and what is only stored is a float. */
    static String register(DType dtype) {
        return switch (dtype) {
            case BOOL -> "int";
            case BF16 -> "float";
            default -> memory(dtype);
        };
    }

    /** The value of an element of memory. */
    static String loaded(DType dtype, String element) {
        return switch (dtype) {
            case BOOL -> "(" + element + " != 0)";
            case BF16 -> "jno_widen(" + element + ")";
            default -> element;
        };
    }

    /** The element that holds a value. */
    static String stored(DType dtype, String value) {
        return dtype == DType.BF16 ? "jno_narrow(" + value + ")" : value;
    }

    /** A value converted to another type. */
    static String cast(DType to, String value) {
        return switch (to) {
            case BOOL -> "(" + value + " != 0)";
            case BF16 -> "jno_widen(jno_narrow((float)" + value + "))";
            default -> "(" + memory(to) + ")" + value;
        };
    }

    static Precision precision(DType dtype) {
        return dtype == DType.F32 || dtype == DType.BF16 ? Precision.SINGLE : Precision.DOUBLE;
    }

    /** A number of an element type. */
    static String number(DType dtype, double value) {
        return switch (dtype) {
            case F32, BF16 -> special(value, Float.toString((float) value), "f");
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
