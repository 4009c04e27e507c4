// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.hierarchy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * The levels of algebraic multigrid, finest first. Immutable: any number of threads may solve with one hierarchy.
 *
 * @param levels at least one level
 */
public record Hierarchy(List<Level> levels) {
    public Hierarchy {
        levels = List.copyOf(levels);
        if (levels.isEmpty()) {
            throw new IllegalArgumentException("A hierarchy needs at least one level.");
        }
    }

    /**
     * Builds the hierarchy of a matrix by smoothed aggregation with the standard coarsening.
     *
     * @throws IllegalArgumentException as {@link #of(CsrMatrix, Coarsening)}
     */
    public static Hierarchy of(CsrMatrix matrix) {
        return of(matrix, Coarsening.standard());
    }

    /**
     * Builds the hierarchy of a matrix by smoothed aggregation.
     *
     * @param matrix symmetric positive definite; the symmetry is trusted
     * @throws IllegalArgumentException if the matrix is not square or a diagonal entry is not positive
     */
    public static Hierarchy of(CsrMatrix matrix, Coarsening coarsening) {
        requirePositiveDiagonal(matrix.requireSquare());
        List<Level> levels = new ArrayList<>();
        CsrMatrix current = matrix;
        while (levels.size() + 1 < coarsening.levelLimit()) {
            Optional<CsrMatrix> interpolation = coarsening.interpolation(current);
            if (interpolation.isEmpty()) {
                break;
            }
            Level.Transfer transfer =
                    new Level.Transfer(interpolation.get(), interpolation.get().transpose());
            levels.add(new Level(current, Optional.of(transfer)));
            current = current.galerkin(transfer.restriction(), transfer.interpolation());
        }
        levels.add(new Level(current, Optional.empty()));
        return new Hierarchy(levels);
    }

    private static void requirePositiveDiagonal(CsrMatrix matrix) {
        double[] diagonal = matrix.diagonal();
        for (int i = 0; i < diagonal.length; i++) {
            if (!(diagonal[i] > 0)) {
                throw new IllegalArgumentException(
                        "A positive definite matrix has a positive diagonal, but that of row " + i + " is "
                                + diagonal[i] + ".");
            }
        }
    }

    /** Entries of all levels over those of the finest: what one cycle costs in units of the matrix. */
    public double operatorComplexity() {
        double sum =
                levels.stream().mapToDouble(level -> level.matrix().entries()).sum();
        return sum / Math.max(1, levels.get(0).matrix().entries());
    }

    /** A table of the levels. */
    @Override
    public String toString() {
        StringBuilder table = new StringBuilder();
        table.append(String.format(
                Locale.ROOT,
                "hierarchy of %d levels, operator complexity %.2f%n%5s %12s %14s %8s%n",
                levels.size(),
                operatorComplexity(),
                "level",
                "unknowns",
                "entries",
                "per row"));
        for (int i = 0; i < levels.size(); i++) {
            CsrMatrix a = levels.get(i).matrix();
            table.append(String.format(
                    Locale.ROOT,
                    "%5d %12d %14d %8.1f%n",
                    i,
                    a.rows(),
                    a.entries(),
                    (double) a.entries() / Math.max(1, a.rows())));
        }
        return table.toString();
    }
}
