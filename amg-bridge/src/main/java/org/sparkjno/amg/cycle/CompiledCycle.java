// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.cycle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparkjno.amg.compiled.BlockRows;
import org.sparkjno.amg.compiled.Real;
import org.sparkjno.amg.hierarchy.Level;
import org.sparkjno.amg.matrix.Blocking;
import org.sparkjno.amg.smoother.CompiledSmoother;
import org.sparkjno.amg.smoother.Smoother;

/**
 * A linear cycle as machine code in some precision. Immutable.
 *
 * @param <V> arrays of numbers
 */
final class CompiledCycle<V> {
    private final Real<V> real;
    private final Route route;
    private final List<Part<V>> parts;

    /**
     * What one level holds.
     *
     * @param rows of its matrix
     * @param smoother of all levels but a coarsest that is solved directly
     * @param transfer to the next coarser level
     * @param matrix where a level is visited more than once
     */
    private record Part<V>(
            int rows,
            Optional<CompiledSmoother<V>> smoother,
            Optional<Transfer<V>> transfer,
            Optional<BlockRows<V>> matrix) {}

    private record Transfer<V>(BlockRows<V> restriction, BlockRows<V> interpolation) {}

    private CompiledCycle(Real<V> real, Route route, List<Part<V>> parts) {
        this.real = real;
        this.route = route;
        this.parts = parts;
    }

    /**
     * The cycle.
     *
     * @param smoothers of the levels that are smoothed
     * @param earlier of a matrix of the same pattern, whose transfers serve again where they are the same
     * @return empty if one of them has no such form
     */
    static <V> Optional<CompiledCycle<V>> of(
            Real<V> real, Route route, List<? extends Smoother> smoothers, Optional<CompiledCycle<V>> earlier) {
        List<Part<V>> parts = new ArrayList<>();
        for (int l = 0; l < route.levels().size(); l++) {
            Level level = route.levels().get(l);
            Optional<CompiledSmoother<V>> smoother = Optional.empty();
            if (l < smoothers.size()) {
                int depth = l;
                smoother = smoothers.get(l).compiled(real, earlier.flatMap(cycle -> cycle.parts.get(depth).smoother));
                if (smoother.isEmpty()) {
                    return Optional.empty();
                }
            }
            int number = l;
            Optional<Transfer<V>> transfer = earlier.filter(cycle -> cycle.hasTransfer(number, level))
                    .map(cycle -> cycle.parts.get(number).transfer)
                    .orElseGet(() -> transfer(real, route, number));
            Optional<BlockRows<V>> matrix = route.revisits(l)
                    ? Optional.of(
                            Blocking.whole(level.matrix(), level.blockSize(), level.blockSize(), real, route.team()))
                    : Optional.empty();
            parts.add(new Part<>(level.matrix().rows(), smoother, transfer, matrix));
        }
        return Optional.of(new CompiledCycle<>(real, route, parts));
    }

    private boolean hasTransfer(int l, Level level) {
        return route.levels().get(l).toCoarser().equals(level.toCoarser());
    }

    private static <V> Optional<Transfer<V>> transfer(Real<V> real, Route route, int l) {
        Level level = route.levels().get(l);
        return level.toCoarser().map(pair -> {
            int size = level.blockSize();
            int coarse = route.levels().get(l + 1).blockSize();
            return new Transfer<>(
                    Blocking.whole(pair.restriction(), coarse, size, real, route.team()),
                    Blocking.whole(pair.interpolation(), size, coarse, real, route.team()));
        });
    }

    /**
     * A use of the cycle.
     *
     * @param coarsest the direct solver of the coarsest level, if that is not smoothed
     */
    Correction<V> begin(int width, Optional<Correction<V>> coarsest) {
        List<Stage<V>> stages = new ArrayList<>();
        for (Part<V> part : parts) {
            int length = Math.multiplyExact(part.rows, width);
            stages.add(new Stage<>(
                    length,
                    part.smoother.map(smoother -> smoother.begin(width)).orElse(null),
                    part.transfer
                            .map(transfer -> product(transfer.restriction, width))
                            .orElse(null),
                    part.transfer
                            .map(transfer -> product(transfer.interpolation, width))
                            .orElse(null),
                    part.matrix
                            .<Visits<V>>map(matrix -> new TwoVisits<>(product(matrix, width), real, length))
                            .orElse((first, second, b, x) -> first.apply(b, x))));
        }
        return new Traversal<>(route.cycle(), route.reversed(), stages, coarsest, real);
    }

    private Product<V> product(BlockRows<V> rows, int width) {
        return (base, factor, x, y) -> rows.combine(base, factor, x, y, width, route.team());
    }

    /** Memory beyond the levels in bytes. */
    long bytes() {
        long sum = 0;
        for (Part<V> part : parts) {
            sum += part.smoother.map(CompiledSmoother::bytes).orElse(0L);
            sum += part.transfer
                    .map(t -> own(t.restriction) + own(t.interpolation))
                    .orElse(0L);
            sum += part.matrix.map(this::own).orElse(0L);
        }
        return sum;
    }

    /** A scalar form shares the arrays of the pattern, in double precision those of the values too. */
    private long own(BlockRows<V> rows) {
        if (rows.height() * rows.breadth() > 1) {
            return rows.bytes();
        }
        return real == (Object) Real.DOUBLE ? 0 : (long) real.bytes() * rows.columns().length;
    }
}
