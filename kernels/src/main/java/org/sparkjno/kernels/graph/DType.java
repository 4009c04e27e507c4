// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

/** The element types of tensors. A complex tensor is a pair of real ones, see {@link ComplexPair}. */
public enum DType {
    F32("f32", Float.BYTES),
    F64("f64", Double.BYTES),
    I32("i32", Integer.BYTES),
    I64("i64", Long.BYTES),
    BOOL("bool", Byte.BYTES);

    private final String text;
    private final int bytes;

    DType(String text, int bytes) {
        this.text = text;
        this.bytes = bytes;
    }

    /** Spelling in printed graphs. */
    public String text() {
        return text;
    }

    /** Bytes of one element in memory. */
    public int bytes() {
        return bytes;
    }

    /** Whether values of this type carry derivatives. */
    public boolean isFloating() {
        return this == F32 || this == F64;
    }

    /**
     * Rounds a number to the nearest one of this type.
     *
     * @param value any double; 0 and 1 stand for false and true
     */
    public double round(double value) {
        return switch (this) {
            case F64 -> value;
            case F32 -> (float) value;
            case I32 -> (int) value;
            case I64 -> (long) value;
            case BOOL -> value != 0 ? 1 : 0;
        };
    }
}
