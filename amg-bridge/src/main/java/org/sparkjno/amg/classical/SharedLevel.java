// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.classical;

import static org.sparkjno.amg.classical.PointType.COARSE;

import java.util.Arrays;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * Classical coarsening of a level that several processes share. Each holds a piece of the matrix: its own rows, then the
 * rows of the points that these couple to, and empty rows for the points that those couple to. That is all that the
 * interpolation of its own points depends on, so every process uses the formulas for a whole matrix. The pattern of the
 * matrix must be symmetric.
 *
 * <p>Henson and Yang, "BoomerAMG: a parallel algebraic multigrid solver and preconditioner", Appl. Numer. Math. 41, 2002;
 * De Sterck, Yang and Heys 2006, section 4 on HMIS: a first pass inside each process, then independent sets across all.
 */
public final class SharedLevel {
    /** More than any point influences others. */
    private static final int CHOSEN = 1 << 20;

    private final ClassicalCoarsening method;
    private final CsrMatrix piece;
    private final int own;
    private final StrongCouplings couplings;
    private final Couplings dependences;
    private final Couplings influences;
    /** What a first pass makes of own points when it does not look beyond them. */
    private final byte[] inside;

    private final Team team;

    private SharedLevel(ClassicalCoarsening method, CsrMatrix piece, int own, StrongCouplings couplings, Team team) {
        this.method = method;
        this.piece = piece;
        this.own = own;
        this.couplings = couplings;
        this.team = team;
        dependences = couplings.dependences().first(own);
        influences = couplings.influences().first(own);
        inside = new byte[own];
        for (int i = 0; i < own; i++) {
            inside[i] = Splitting.typeBefore(dependences, influences, i);
        }
        method.splitting().prepare(dependences.within(own), influences.within(own), inside);
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
     * The weights of own points for {@link #split}: what the first pass has chosen goes before all others.
     *
     * @param first global number of the first own point
     */
    public long[] weights(long first) {
        long[] weights = new long[own];
        Arrays.setAll(
                weights,
                i -> IndependentSet.weight(first + i, influences.degree(i) + (inside[i] == COARSE ? CHOSEN : 0)));
        return weights;
    }

    /**
     * The {@link PointType} of all points of the piece, of which none is undecided; made by all processes together.
     *
     * @param weights of own points, and of all others as their owners have them
     * @param boundary exchanges types
     */
    public byte[] split(long[] weights, IndependentSet.Boundary boundary) {
        byte[] types = new byte[piece.rows()];
        for (int i = 0; i < own; i++) {
            // Whether a point at the boundary is to be coarse, those beyond have a say in.
            boolean settled = dependences.isWithin(i, own) && influences.isWithin(i, own);
            types[i] = inside[i] == COARSE && settled ? COARSE : Splitting.typeBefore(dependences, influences, i);
        }
        IndependentSet.complete(dependences, influences, weights, types, boundary, team);
        return types;
    }

    /**
     * The interpolation of own points, (own x points of the piece): only columns of coarse points have entries.
     *
     * @param types as {@link #split} has found them
     */
    public CsrMatrix interpolation(byte[] types) {
        CoarsePoints points = CoarsePoints.of(types);
        CsrMatrix all = method.interpolation().of(piece, couplings, points, method.rowElements(), team);
        int[] start = Arrays.copyOf(all.rowStart(), own + 1);
        int[] columns = new int[start[own]];
        Arrays.setAll(columns, k -> points.place()[all.columns()[k]]);
        return CsrMatrix.of(own, piece.rows(), start, columns, Arrays.copyOf(all.values(), columns.length));
    }
}
