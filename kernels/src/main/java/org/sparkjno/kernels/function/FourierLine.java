// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.sparkjno.kernels.graph.ComplexPair;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;

/**
 * The discrete Fourier transform along one axis between n points and a window of modes {@code from ≤ k < to}, taken modulo
 * n.
 *
 * <p>Each step splits off one radix: J. W. Cooley, J. W. Tukey, "An algorithm for the machine calculation of complex Fourier
 * series", Math. Comp. 19, 1965. The digits of a mode number are gathered in order while the steps go, with no
 * reordering at the end, after Stockham (see C. Van Loan, "Computational frameworks for the fast Fourier transform",
 * SIAM 1992, section 1.7). From modes to points the same steps are taken transposed, the last one first.
 *
 * @param points n, at least 1
 * @param from first mode, may be negative
 * @param to after the last mode
 */
record FourierLine(int points, int from, int to) {
    /** A step from modes to points that remains to be taken along one axis of its operand. */
    private record Last(FourierStep step, ComplexPair operand, int axis) {}

    /** {@code scale·Σ x[j]·exp(−2πi·j·k/n)}. */
    ComplexPair modes(ComplexPair x, int axis, double scale) {
        return modes(x.re(), x.im(), axis, scale);
    }

    /** The modes of a real field. */
    ComplexPair modes(Value x, int axis, double scale) {
        return modes(x, null, axis, scale);
    }

    /** The imaginary part may be null, for a real field: the first step then does half of the work. */
    private ComplexPair modes(Value x, Value imaginary, int axis, double scale) {
        List<Integer> radices = FourierPlan.radices(points, to - from);
        Value re = x;
        Value im = imaginary;
        int done = 1;
        for (int radix : radices.subList(0, radices.size() - 1)) {
            int open = points / done / radix;
            FourierStep step = FourierStep.toModes(radix, 0, radix, 1);
            Shape split = replaced(x, axis, radix, open, done);
            ComplexPair z = step.apply(re.reshape(split), im == null ? null : im.reshape(split), axis, axis + 1);
            z = z.times(twiddles(CircleTable.of(open * radix, -1, open, radix), z, axis));
            re = z.re().reshape(x.shape());
            im = z.im().reshape(x.shape());
            done *= radix;
        }
        int low = Math.floorDiv(from, done);
        int high = Math.floorDiv(to - 1, done) + 1;
        int skipped = from - low * done;
        Shape split = replaced(x, axis, points / done, done);
        Shape whole = replaced(x, axis, (high - low) * done);
        return FourierStep.toModes(points / done, low, high, scale)
                .apply(re.reshape(split), im == null ? null : im.reshape(split), axis, axis)
                .map(part -> part.reshape(whole).slice(axis, skipped, skipped + to - from));
    }

    /** {@code scale·Σ X[k]·exp(2πi·j·k/n)}. */
    ComplexPair field(ComplexPair modes, int axis, double scale) {
        Last last = allButLast(modes, axis, k -> scale);
        Shape whole = replaced(modes.re(), axis, points);
        return last.step()
                .apply(last.operand().re(), last.operand().im(), last.axis(), axis)
                .map(part -> part.reshape(whole));
    }

    /**
     * The real field of modes among {@code 0 … n/2}, of which all but 0 and n/2 stand for themselves and their conjugates at
     * −k.
     */
    Value realField(ComplexPair modes, int axis, double scale) {
        Last last = allButLast(modes, axis, k -> k == 0 || 2 * k == points ? scale : 2 * scale);
        return last.step().real(last.operand(), last.axis(), axis).reshape(replaced(modes.re(), axis, points));
    }

    private Last allButLast(ComplexPair modes, int axis, IntToDoubleFunction weight) {
        List<Integer> radices = FourierPlan.radices(points, to - from);
        if (radices.size() == 1) {
            return new Last(FourierStep.toPoints(points, from, to, weight), modes, axis);
        }
        int first = radices.size() - 1;
        int done = radices.get(first);
        ComplexPair z = modesInRows(modes, axis, points / done, weight);
        int rows = z.re().shape().dim(axis);
        int low = Math.floorDiv(from, points / done);
        z = FourierStep.toPoints(done, low, low + rows, k -> 1).apply(z.re(), z.im(), axis, axis);
        for (int i = first - 1; i > 0; i--) {
            z = turned(z, modes, axis, done, radices.get(i));
            z = FourierStep.toPoints(radices.get(i), 0, radices.get(i), k -> 1).apply(z.re(), z.im(), axis + 1, axis);
            done *= radices.get(i);
        }
        int radix = radices.get(0);
        return new Last(FourierStep.toPoints(radix, 0, radix, k -> 1), turned(z, modes, axis, done, radix), axis + 1);
    }

    /** Weighted modes under their leading digits: an axis of modes becomes two, filled up by zeros. */
    private ComplexPair modesInRows(ComplexPair modes, int axis, int columns, IntToDoubleFunction weight) {
        int before = Math.floorMod(from, columns);
        int after = Math.floorMod(-to, columns);
        Value weights = CircleTable.weights(modes.re().dtype(), from, to, weight);
        Shape split = replaced(modes.re(), axis, (before + to - from + after) / columns, columns);
        return modes.map(part -> part.times(weights.broadcast(part.shape(), List.of(axis)))
                .pad(axis, before, after)
                .reshape(split));
    }

    /** Points found so far and the modes of the next radix, turned by the twiddle factors. */
    private ComplexPair turned(ComplexPair z, ComplexPair modes, int axis, int done, int radix) {
        Shape split = replaced(modes.re(), axis, done, radix, points / done / radix);
        ComplexPair next = z.map(part -> part.reshape(split));
        return next.times(twiddles(CircleTable.of(done * radix, 1, done, radix), next, axis));
    }

    private static ComplexPair twiddles(CircleTable table, ComplexPair z, int axis) {
        return table.pointsByModes(z.re().dtype()).map(part -> part.broadcast(z.re().shape(), List.of(axis, axis + 1)));
    }

    /** A shape in which some axes stand for one. */
    private static Shape replaced(Value x, int axis, int... extents) {
        List<Integer> dims = new ArrayList<>(x.shape().dims());
        dims.remove(axis);
        dims.addAll(axis, Shape.of(extents).dims());
        return new Shape(dims);
    }
}
