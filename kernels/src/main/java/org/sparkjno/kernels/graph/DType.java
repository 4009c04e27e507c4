// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

/**
 * The element types of tensors. A complex tensor is a pair of real ones, see {@link ComplexPair}. What is {@link
 * #isStorageOnly stored only} may be moved, chosen from and cast, but not computed with.
 */
public enum DType {
    F32("f32", Float.BYTES),
    F64("f64", Double.BYTES),
    /** The upper half of an f32: S. Wang, P. Kanwar, "BFloat16: the secret to high performance on Cloud TPUs", 2019. */
    BF16("bf16", Short.BYTES),
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
        return this == F32 || this == F64 || this == BF16;
    }

    /** Whether values of this type must be cast before one computes with them. */
    public boolean isStorageOnly() {
        return this == BF16;
    }

    /**
     * Whether a literal keeps a number but for rounding. Whole numbers pass through doubles there, which are exact to ±2⁵³.
     */
    public boolean holds(double value) {
        return switch (this) {
            case I32 -> value >= Integer.MIN_VALUE && value <= Integer.MAX_VALUE;
            case I64 -> Math.abs(value) <= 0x1p53;
            default -> true;
        };
    }

    /**
     * Rounds a number to the nearest one of this type, ties to even; to bf16 by way of f32, as processors do.
     *
     * @param value any double; 0 and 1 stand for false and true
     */
    public double round(double value) {
        return switch (this) {
            case F64 -> value;
            case F32 -> (float) value;
            case BF16 -> BFloat16.toFloat(BFloat16.of((float) value));
            case I32 -> (int) value;
            case I64 -> (long) value;
            case BOOL -> value != 0 ? 1 : 0;
        };
    }
}
