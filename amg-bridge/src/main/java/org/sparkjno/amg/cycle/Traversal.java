// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.cycle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparkjno.amg.compiled.Real;

/**
 * One use of a cycle, with its vectors.
 *
 * @param <V> arrays of numbers
 */
final class Traversal<V> implements Correction<V> {
    private final Cycle cycle;
    private final boolean reversed;
    private final List<Stage<V>> stages;
    private final Optional<Correction<V>> coarsest;
    private final List<Stage.Vectors<V>> vectors = new ArrayList<>();

    /**
     * A traversal.
     *
     * @param reversed whether the visits of one level come in the opposite order, as in the transposed cycle
     * @param stages finest first
     * @param coarsest the direct solver of the last stage; empty if that is smoothed
     */
    Traversal(Cycle cycle, boolean reversed, List<Stage<V>> stages, Optional<Correction<V>> coarsest, Real<V> real) {
        this.cycle = cycle;
        this.reversed = reversed;
        this.stages = stages;
        this.coarsest = coarsest;
        for (Stage<V> stage : stages) {
            vectors.add(Stage.Vectors.of(stage, real, vectors.isEmpty()));
        }
    }

    @Override
    public void apply(V r, V z) {
        traverse(0, cycle, r, z);
    }

    /** From x = 0: one cycle on A x = b of level l; x is overwritten. */
    private void traverse(int l, Cycle kind, V b, V x) {
        if (l + 1 == stages.size()) {
            solveCoarsest(l, b, x);
            return;
        }
        Stage<V> stage = stages.get(l);
        V residual = vectors.get(l).residual();
        Stage.Vectors<V> coarse = vectors.get(l + 1);
        stage.smoother().before(b, x, residual);
        stage.restriction().combine(null, 1, residual, coarse.right());
        descend(l + 1, kind, coarse.right(), coarse.correction());
        stage.interpolation().combine(x, 1, coarse.correction(), x);
        stage.smoother().after(b, x, residual);
    }

    private void descend(int l, Cycle kind, V b, V x) {
        if (kind == Cycle.V) {
            traverse(l, kind, b, x);
            return;
        }
        Cycle second = kind == Cycle.F ? Cycle.V : kind;
        Correction<V> one = (r, z) -> traverse(l, reversed ? second : kind, r, z);
        Correction<V> other = (r, z) -> traverse(l, reversed ? kind : second, r, z);
        stages.get(l).visits().run(one, other, b, x);
    }

    private void solveCoarsest(int l, V b, V x) {
        if (coarsest.isPresent()) {
            coarsest.get().apply(b, x);
        } else {
            stages.get(l).smoother().before(b, x, vectors.get(l).residual());
            stages.get(l).smoother().after(b, x, vectors.get(l).residual());
        }
    }
}
