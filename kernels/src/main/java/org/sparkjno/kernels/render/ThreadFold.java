// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.optimize.Kernel;

/**
 * Folds by many threads, in an order that does not depend on when they run. Where the last axis is reduced the threads of
 * a block read its neighbouring elements and form each target together: every thread its share, then the lanes of a warp
 * by halves, then the warps one after another. Else neighbouring threads have neighbouring targets, one each.
 */
final class ThreadFold {
    private static final int WARP = 32;
    private static final int MOST_WARPS = 32;
    /** Points of a target from which on a block is worth its barriers. */
    private static final int WORTH_A_BLOCK = 2 * WARP;

    private static final int BLOCK = 256;

    private final Kernel.Loop kernel;
    private final Signature signature;
    private final List<String> indices;
    private final LoopText points;
    private final CText text;
    private final List<String> keptIndices = new ArrayList<>();
    private final List<Integer> keptExtents = new ArrayList<>();
    private final List<String> reducedIndices = new ArrayList<>();
    private final List<Integer> reducedExtents = new ArrayList<>();

    /**
     * A loop with folds.
     *
     * @param points writes what is done at each point
     */
    ThreadFold(Kernel.Loop kernel, Signature signature, List<String> indices, LoopText points, CText text) {
        this.kernel = kernel;
        this.signature = signature;
        this.indices = indices;
        this.points = points;
        this.text = text;
        for (int axis = 0; axis < indices.size(); axis++) {
            boolean reduced = points.isReduced(axis);
            (reduced ? reducedIndices : keptIndices).add(indices.get(axis));
            (reduced ? reducedExtents : keptExtents).add(kernel.extents().get(axis));
        }
    }

    /** Leaves the loop over the targets open. */
    void write() {
        int last = indices.size() - 1;
        if (last >= 0 && points.isReduced(last) && size(reducedExtents) >= WORTH_A_BLOCK) {
            together();
        } else {
            alone();
        }
    }

    private void alone() {
        text.dialect().open(text, keptIndices, keptExtents);
        points.declareAccumulators("s");
        int depth = text.depth();
        for (int i = 0; i < reducedIndices.size(); i++) {
            text.loop(reducedIndices.get(i), reducedExtents.get(i));
        }
        points.body("s#");
        while (text.depth() > depth) {
            text.close();
        }
        store();
    }

    private void together() {
        text.dealt("block", "blockIdx.x", "gridDim.x", keptIndices, keptExtents);
        text.threads(size(keptExtents) * Math.min(size(reducedExtents), BLOCK));
        points.declareAccumulators("s");
        text.dealt("point", "threadIdx.x", "blockDim.x", reducedIndices, reducedExtents);
        points.body("s#");
        text.close();
        for (int i = 0; i < kernel.folds().size(); i++) {
            Kernel.Fold fold = kernel.folds().get(i);
            String type = CType.memory(fold.value().dtype());
            text.line("__shared__ %s w%d[%d];", type, i, MOST_WARPS);
            text.open("for (int d = %d; d > 0; d /= 2)", WARP / 2);
            text.line("const %s other = __shfl_down_sync(0xffffffffu, s%d, d);", type, i);
            points.combine(fold, "s" + i, "other");
            text.close();
            text.line("if (threadIdx.x %s %d == 0) w%d[threadIdx.x / %d] = s%d;", "%", WARP, i, WARP, i);
        }
        text.line("__syncthreads();");
        text.open("if (threadIdx.x == 0)");
        text.open("for (unsigned w = 1; w < blockDim.x / %d; ++w)", WARP);
        for (int i = 0; i < kernel.folds().size(); i++) {
            points.combine(kernel.folds().get(i), "s" + i, "w" + i + "[w]");
        }
        text.close();
        store();
        text.close();
        text.line("__syncthreads();");
    }

    private void store() {
        Body targets = new Body(signature, indices, Reach.ALL);
        for (int i = 0; i < kernel.folds().size(); i++) {
            text.line("%s = s%d;", targets.element(kernel.folds().get(i).access()), i);
        }
    }

    private static long size(List<Integer> extents) {
        return extents.stream().mapToLong(Integer::intValue).reduce(1, (a, b) -> a * b);
    }
}
