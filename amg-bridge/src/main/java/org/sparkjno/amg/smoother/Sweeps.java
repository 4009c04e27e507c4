// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import java.util.Optional;
import org.sparkjno.amg.compiled.Real;

/**
 * Several sweeps of a smoother in place of one. Symmetric where both numbers are equal.
 *
 * @param sweep the smoother that is repeated
 * @param before sweeps before the coarse correction, at least 1
 * @param after sweeps after it, at least 1
 */
public record Sweeps(Smoother sweep, int before, int after) implements Smoother {
    public Sweeps {
        if (before < 1 || after < 1) {
            throw new IllegalArgumentException(
                    "There must be at least one sweep on each side, but there are " + before + " and " + after + ".");
        }
    }

    /** A smoothing with {@code count} sweeps on each side. */
    public static Smoothing of(int count, Smoothing smoothing) {
        return (matrix, blockSize, team) -> new Sweeps(smoothing.on(matrix, blockSize, team), count, count);
    }

    @Override
    public Application begin(int width) {
        Application single = sweep.begin(width);
        return before == 1 && after == 1 ? single : Application.of(new Repeated<>(single, Real.DOUBLE, before, after));
    }

    @Override
    public <V> Optional<CompiledSmoother<V>> compiled(Real<V> real, Optional<CompiledSmoother<V>> earlier) {
        Optional<CompiledSmoother<V>> single = sweep.compiled(
                real, earlier.map(known -> known instanceof CompiledSweeps<V> sweeps ? sweeps.smoother : known));
        return before == 1 && after == 1
                ? single
                : single.map(smoother -> new CompiledSweeps<>(smoother, real, before, after));
    }

    private record CompiledSweeps<V>(CompiledSmoother<V> smoother, Real<V> real, int before, int after)
            implements CompiledSmoother<V> {
        @Override
        public Halves<V> begin(int width) {
            return new Repeated<>(smoother.begin(width), real, before, after);
        }

        @Override
        public long bytes() {
            return smoother.bytes();
        }
    }

    private static final class Repeated<V> implements Halves<V> {
        private final Halves<V> single;
        private final Real<V> real;
        private final int before;
        private final int after;
        /** Correction of a further sweep, and a second array for its residual; made when first needed. */
        private V correction;

        private V residual;

        Repeated(Halves<V> single, Real<V> real, int before, int after) {
            this.single = single;
            this.real = real;
            this.before = before;
            this.after = after;
        }

        /** A further sweep starts from zero on the residual of the last and yields the next residual by itself. */
        @Override
        public void before(V b, V x, V r) {
            single.before(b, x, r);
            if (before > 1 && correction == null) {
                correction = real.zeros(real.length(x));
                residual = real.zeros(real.length(x));
            }
            for (int s = 1; s < before; s++) {
                single.before(r, correction, residual);
                real.add(correction, x);
                System.arraycopy(residual, 0, r, 0, real.length(r));
            }
        }

        @Override
        public void after(V b, V x, V r) {
            for (int s = 0; s < after; s++) {
                single.after(b, x, r);
            }
        }
    }
}
