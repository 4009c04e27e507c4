// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.classical;

import java.util.Arrays;
import java.util.function.IntToLongFunction;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * Classical coarsening of a level that several processes share. Each holds a piece of the matrix: its own rows, then the
 * rows of the points that these couple to, and empty rows for the points that those couple to. That is all that the
 * interpolation of its own points depends on, so every process uses the formulas for a whole matrix. The pattern of the
 * matrix must be symmetric.
 *
 * <p>Henson and Yang, "BoomerAMG: a parallel algebraic multigrid solver and preconditioner", Appl. Numer. Math. 41, 2002;
 * De Sterck, Yang and Heys 2006, section 4 on HMIS: a first pass by every process,
 * then independent sets across all. Here processes make it in turns and go on from what others have decided, so
 * that the pattern of coarse points continues across the boundaries.
 */
public final class SharedLevel {
    private final ClassicalCoarsening method;
    private final CsrMatrix piece;
    private final int own;
    private final StrongCouplings couplings;
    private final Couplings dependences;
    private final Couplings influences;
    private final Team team;

    private SharedLevel(ClassicalCoarsening method, CsrMatrix piece, int own, StrongCouplings couplings, Team team) {
        this.method = method;
        this.piece = piece;
        this.own = own;
        this.couplings = couplings;
        this.team = team;
        dependences = couplings.dependences().first(own);
        influences = couplings.influences().first(own);
    }

    /**
     * Finds the strong couplings of a piece.
     *
     * @param method how to coarsen; aggressive levels are coarsened as others are
     * @param piece square
     * @param own number of own rows
     */
    public static SharedLevel of(ClassicalCoarsening method, CsrMatrix piece, int own, Team team) {
        piece.requireSquare();
        StrongCouplings couplings = StrongCouplings.of(piece, method.strength(), method.maxRowSum(), team);
        return new SharedLevel(method, piece, own, couplings, team);
    }

    /**
     * The weights of own points for {@link #split}.
     *
     * @param first global number of the first own point
     */
    public long[] weights(long first) {
        long[] weights = new long[own];
        Arrays.setAll(weights, i -> IndependentSet.weight(first + i, influences.degree(i)));
        return weights;
    }

    /**
     * The {@link PointType} of all points of the piece, of which none is undecided; made by all processes together.
     *
     * @param weights of own points, and of all others as their owners have them
     * @param turn when this process makes its first pass, from 0: what those with earlier turns have decided it goes on from,
     *     so neighbours should not share a turn
     * @param turns how many there are
     * @param boundary exchanges types
     */
    public byte[] split(long[] weights, int turn, int turns, IndependentSet.Boundary boundary) {
        byte[] types = new byte[piece.rows()];
        for (int i = 0; i < own; i++) {
            types[i] = Splitting.typeBefore(dependences, influences, i);
        }
        boundary.refresh(types);
        for (int now = 0; now < turns; now++) {
            if (now == turn) {
                IndependentSet.settle(dependences, types);
                method.splitting().prepare(couplings.dependences(), couplings.influences(), types, own);
            }
            boundary.refresh(types);
        }
        IndependentSet.complete(dependences, influences, weights, types, boundary, team);
        return types;
    }

    /**
     * The interpolation of own points, (own x points of the piece): only columns of coarse points have entries.
     *
     * @param types as {@link #split} has found them
     * @param name number of every point of the piece in the whole matrix
     */
    public CsrMatrix interpolation(byte[] types, IntToLongFunction name) {
        CoarsePoints points = CoarsePoints.of(types, name);
        CsrMatrix all = method.interpolation().of(piece, couplings, points, method.rowElements(), team);
        int[] start = Arrays.copyOf(all.rowStart(), own + 1);
        int[] columns = new int[start[own]];
        Arrays.setAll(columns, k -> points.place()[all.columns()[k]]);
        return CsrMatrix.of(own, piece.rows(), start, columns, Arrays.copyOf(all.values(), columns.length));
    }
}
