// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.compiled;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.device.cpu.NativeLibrary;

/**
 * The loops over rows for some neighbouring columns of several vectors, which lie row after row: an entry of the matrix
 * that has been read meets all of them at once, their sums in registers. Immutable.
 *
 * <p>Loops are cut in calls of at most a few milliseconds, for which the garbage collector may have to wait.
 *
 * @param <V> arrays of numbers
 */
public final class Panel<V> {
    /** Columns of the widest panel: as many as make a cache line of floats. */
    private static final int WIDEST = 16;
    /** Rows times columns per call. */
    private static final int CALL = 1 << 16;

    private final Kernels kernels;
    private final int stride;
    private final int column;
    private final int rowsPerCall;

    private Panel(Kernels kernels, int width, int stride, int column) {
        this.kernels = kernels;
        this.stride = stride;
        this.column = column;
        rowsPerCall = CALL / width;
    }

    /** Whether there is machine code on this host. */
    public static boolean available() {
        return Kernels.available();
    }

    /**
     * The panels that make up so many columns, compiled when first needed.
     *
     * @param height rows of the blocks of the matrix
     * @param breadth columns of the blocks
     * @param width number of columns
     * @throws org.sparkjno.kernels.device.cpu.NoCompilerException if there is no machine code, see {@link #available}
     */
    public static <V> List<Panel<V>> of(Real<V> real, int height, int breadth, int width) {
        List<Panel<V>> panels = new ArrayList<>();
        int column = 0;
        while (column < width) {
            int lanes = Math.min(WIDEST, Integer.highestOneBit(width - column));
            Kernels kernels = Kernels.of(new Kernels.Variant(real, lanes, height, breadth));
            panels.add(new Panel<>(kernels, lanes, width, column));
            column += lanes;
        }
        return panels;
    }

    /** Y = base + factor A X in some block rows; {@code base} may be null for zero. */
    public void combine(BlockRows<V> a, V base, double factor, V x, V y, int from, int to) {
        long bits = Double.doubleToRawLongBits(factor);
        upwards("combine", from, to, new long[] {0, 0, 0, 0, bits}, a.start(), a.columns(), a.values(), base, x, y);
    }

    /**
     * R = R + S X - C X in some rows of couplings.
     *
     * @param rows block row of X and R per block row of C
     * @param surplus the diagonal S, per row of C
     * @param couplings C
     */
    public void couple(int[] rows, V surplus, BlockRows<V> couplings, V x, V r) {
        int[] start = couplings.start();
        int[] columns = couplings.columns();
        upwards("couple", 0, rows.length, new long[4], rows, start, columns, couplings.values(), surplus, x, r);
    }

    /** A forward Gauss-Seidel sweep from X = 0 through some block rows, after which R is the residual in them. */
    public void forward(Triangles<V> a, V b, V x, V r, int from, int to) {
        long[] numbers = {0, 0, 0, 0, to, from};
        upwards("forward", from, to, numbers, a.arrays(b, x, r));
    }

    /** A backward sweep with right-hand side B + R; R is scratch. */
    public void backward(Triangles<V> a, V b, V x, V r, int from, int to) {
        Object[] arrays = a.arrays(b, x, r);
        long[] numbers = new long[4];
        for (int end = to; end > from; end -= rowsPerCall) {
            call("backward", Math.max(from, end - rowsPerCall), end, numbers, arrays);
        }
    }

    /**
     * D = keep D + gain S R and X = X + D in some rows, with a diagonal S.
     *
     * @param direction D, which may be null if nothing is kept of it
     * @param fromZero whether X was zero
     */
    public void step(V diagonal, double gain, V r, double keep, V direction, V x, boolean fromZero, int from, int to) {
        long[] numbers = {
            0, 0, 0, 0, Double.doubleToRawLongBits(keep), Double.doubleToRawLongBits(gain), fromZero ? 1 : 0
        };
        upwards("step", from, to, numbers, diagonal, r, x, direction);
    }

    /** Y = X F in some rows, rounded to this precision, with one factor per column. */
    public void narrow(double[] x, double[] factors, V y, int from, int to) {
        upwards("narrow", from, to, new long[4], x, factors, y);
    }

    /** The same in double precision. */
    public void widen(V x, double[] factors, double[] y, int from, int to) {
        upwards("widen", from, to, new long[4], x, factors, y);
    }

    /**
     * The inner products of columns of X and Y over some thousand rows.
     *
     * @param result receives them from position {@code at} on
     */
    public void dot(V x, V y, V result, int at, int from, int to) {
        call("dot", from, to, new long[] {0, 0, 0, 0, at}, x, y, result);
    }

    /** Y = Y + alpha X in some rows, with one factor per column. */
    public void axpy(V alpha, V x, V y, int from, int to) {
        upwards("axpy", from, to, new long[4], alpha, x, y);
    }

    /** Y = X + beta Y in some rows, with one factor per column. */
    public void xpby(V beta, V x, V y, int from, int to) {
        upwards("xpby", from, to, new long[4], beta, x, y);
    }

    private void upwards(String function, int from, int to, long[] numbers, Object... arrays) {
        for (int begin = from; begin < to; begin += rowsPerCall) {
            call(function, begin, Math.min(to, begin + rowsPerCall), numbers, arrays);
        }
    }

    private void call(String function, int from, int to, long[] numbers, Object... arrays) {
        numbers[0] = from;
        numbers[1] = to;
        numbers[2] = stride;
        numbers[3] = column;
        NativeLibrary.call(kernels.address(function), numbers, arrays);
    }
}
