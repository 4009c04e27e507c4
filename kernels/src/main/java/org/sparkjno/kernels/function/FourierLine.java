// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.sparkjno.kernels.graph.ComplexPair;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;

/**
 * The discrete Fourier transform along one axis between n points and a window of modes {@code from ≤ k < to}, taken modulo
 * n.
 *
 * <p>Each step splits off one radix: J. W. Cooley, J. W. Tukey, "An algorithm for the machine calculation of complex Fourier
 * series", Math. Comp. 19, 1965. The digits of a mode number are gathered in order while the steps go, with no
 * reordering at the end, after Stockham (see C. Van Loan, "Computational frameworks for the fast Fourier transform",
 * SIAM 1992, section 1.7). From modes to points the same steps are taken transposed, the last one first. The step that
 * knows the window, at the side of the modes, computes nothing else.
 *
 * @param points n, at least 1
 * @param from first mode, may be negative
 * @param to after the last mode
 */
record FourierLine(int points, int from, int to) {
    /** A step that remains to be taken, and what it is applied to. */
    private record Last(FourierStep step, ComplexPair operand) {}

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
            int open = points / done;
            Shape split = replaced(x, axis, radix, open / radix, done);
            ComplexPair z = DenseStep.toModes(x.dtype(), open, radix)
                    .apply(re.reshape(split), im == null ? null : im.reshape(split), axis)
                    .map(part -> part.reshape(x.shape()));
            re = z.re();
            im = z.im();
            done *= radix;
        }
        int open = points / done;
        int low = Math.floorDiv(from, done);
        int high = Math.floorDiv(to - 1, done) + 1;
        int skipped = from - low * done;
        Shape split = replaced(x, axis, open, done);
        Shape whole = replaced(x, axis, (high - low) * done);
        return toWindow(x.dtype(), open, low, high, scale)
                .apply(re.reshape(split), im == null ? null : im.reshape(split), axis)
                .map(part -> part.reshape(whole).slice(axis, skipped, skipped + to - from));
    }

    /** {@code scale·Σ X[k]·exp(2πi·j·k/n)}. */
    ComplexPair field(ComplexPair modes, int axis, double scale) {
        Last last = allButLast(modes, axis, false, k -> scale);
        Shape whole = replaced(modes.re(), axis, points);
        return last.step().apply(last.operand().re(), last.operand().im(), axis).map(part -> part.reshape(whole));
    }

    /**
     * The real field of modes 0 to at most n/2, of which all but 0 and n/2 stand for themselves and their conjugates at −k.
     */
    Value realField(ComplexPair modes, int axis, double scale) {
        Last last = allButLast(modes, axis, true, k -> isItsOwnConjugate(k) ? scale : 2 * scale);
        return last.step().real(last.operand(), axis).reshape(replaced(modes.re(), axis, points));
    }

    private boolean isItsOwnConjugate(int mode) {
        return mode == 0 || 2 * mode == points;
    }

    private Last allButLast(ComplexPair modes, int axis, boolean real, IntToDoubleFunction weight) {
        DType dtype = modes.re().dtype();
        List<Integer> radices = FourierPlan.radices(points, to - from);
        int first = radices.size() - 1;
        int done = radices.get(first);
        int columns = points / done;
        int low = Math.floorDiv(from, columns);
        int high = Math.floorDiv(to - 1, columns) + 1;
        if (first == 0) {
            FourierStep only = fromWindow(dtype, points, from, to, weight);
            Shape line = replaced(modes.re(), axis, to - from, 1);
            return new Last(only, modes.map(part -> part.reshape(line)));
        }
        Shape rows = replaced(modes.re(), axis, high - low, columns);
        FourierStep step = fromWindow(dtype, done, low, high, k -> weight.applyAsDouble(1));
        ComplexPair z = modes.map(part -> filled(part, axis, columns, real).reshape(rows));
        for (int i = first - 1; i >= 0; i--) {
            int radix = radices.get(i);
            Shape split = replaced(modes.re(), axis, done, radix, points / done / radix);
            z = step.apply(z.re(), z.im(), axis).map(part -> part.reshape(split));
            done *= radix;
            step = i == 0 && isLastAxis(modes.re(), axis)
                    ? DenseStep.toLastPoints(dtype, done, radix)
                    : DenseStep.toPoints(dtype, done, radix);
        }
        return new Last(step, z);
    }

    private static FourierStep toWindow(DType dtype, int points, int from, int to, double scale) {
        return FourierPlan.isChirp(points, to - from)
                ? new ChirpTransform(points, from, to, -1, k -> scale)
                : DenseStep.toWindow(dtype, points, from, to, scale);
    }

    private static FourierStep fromWindow(DType dtype, int points, int from, int to, IntToDoubleFunction weight) {
        return FourierPlan.isChirp(points, to - from)
                ? new ChirpTransform(points, from, to, 1, weight)
                : DenseStep.fromWindow(dtype, points, from, to, weight);
    }

    /**
     * Modes with zeros around them up to multiples of {@code columns}. Of a real field, those that are their own conjugates
     * are halved, since all are doubled later.
     */
    private Value filled(Value modes, int axis, int columns, boolean real) {
        int count = to - from;
        List<Value> parts = new ArrayList<>();
        addZeros(parts, modes, axis, Math.floorMod(from, columns));
        int head = real ? 1 : 0;
        int tail = real && count > 1 && isItsOwnConjugate(to - 1) ? 1 : 0;
        if (head > 0) {
            parts.add(modes.slice(axis, 0, 1).times(0.5));
        }
        parts.add(modes.slice(axis, head, count - tail));
        if (tail > 0) {
            parts.add(modes.slice(axis, count - 1, count).times(0.5));
        }
        addZeros(parts, modes, axis, Math.floorMod(-to, columns));
        return parts.size() == 1 ? modes : Value.concat(axis, parts);
    }

    private static void addZeros(List<Value> parts, Value like, int axis, int count) {
        if (count > 0) {
            parts.add(Value.full(like.type().with(replaced(like, axis, count)), 0));
        }
    }

    private static boolean isLastAxis(Value x, int axis) {
        return x.shape().dims().subList(axis + 1, x.shape().rank()).stream().allMatch(extent -> extent == 1);
    }

    /** A shape in which some axes stand for one. */
    private static Shape replaced(Value x, int axis, int... extents) {
        List<Integer> dims = new ArrayList<>(x.shape().dims());
        dims.remove(axis);
        dims.addAll(axis, Shape.of(extents).dims());
        return new Shape(dims);
    }
}
