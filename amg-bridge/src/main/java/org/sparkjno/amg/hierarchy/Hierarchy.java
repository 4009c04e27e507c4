// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.hierarchy;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.matrix.Pattern;
import org.sparkjno.amg.parallel.Team;

/**
 * The levels of algebraic multigrid, finest first. Immutable: any number of threads may solve with one hierarchy, and it
 * travels between machines in a compact form.
 *
 * @param levels at least one level
 */
public record Hierarchy(List<Level> levels) implements Serializable {
    public Hierarchy {
        levels = List.copyOf(levels);
        if (levels.isEmpty()) {
            throw new IllegalArgumentException("A hierarchy needs at least one level.");
        }
    }

    /** The hierarchy of a scalar matrix with constants as near-null space, within the usual limits. */
    public static Hierarchy of(CsrMatrix matrix, Coarsening coarsening) {
        return of(
                new FineLevel(matrix, 1, NearNullSpace.constants(matrix.rows(), 1), 0, Team.serial()),
                coarsening,
                Limits.standard());
    }

    /**
     * Builds a hierarchy from its finest level down.
     *
     * @param finest the matrix to be solved with
     * @param coarsening how each level is coarsened
     * @param limits where to stop
     */
    public static Hierarchy of(FineLevel finest, Coarsening coarsening, Limits limits) {
        List<Level> levels = new ArrayList<>();
        FineLevel fine = finest;
        while (levels.size() + 1 < limits.levels() && fine.matrix().rows() > limits.coarsestRows()) {
            Optional<CoarseLevel> coarse = coarsening.coarsen(fine);
            if (coarse.isEmpty()) {
                break;
            }
            Level.Transfer transfer = coarse.get().transfer();
            levels.add(new Level(fine.matrix(), fine.blockSize(), Optional.of(transfer)));
            fine = new FineLevel(
                    fine.matrix().galerkin(transfer.restriction(), transfer.interpolation(), fine.team()),
                    coarse.get().blockSize(),
                    coarse.get().nearNullSpace(),
                    fine.depth() + 1,
                    fine.team());
        }
        levels.add(new Level(fine.matrix(), fine.blockSize(), Optional.empty()));
        return new Hierarchy(levels);
    }

    /**
     * Where coarsening ends.
     *
     * @param coarsestRows levels of at most so many rows are not coarsened further
     * @param levels most levels
     */
    public record Limits(int coarsestRows, int levels) {
        public Limits {
            if (coarsestRows < 1 || levels < 1) {
                throw new IllegalArgumentException("The coarsest size and the level limit must be positive, but are "
                        + coarsestRows + " and " + levels + ".");
            }
        }

        /** 120 rows, 30 levels. */
        public static Limits standard() {
            return new Limits(120, 30);
        }
    }

    /**
     * The hierarchy of a matrix of the same pattern with other values: interpolation and restriction are kept, the coarse
     * operators are computed anew.
     *
     * @throws IllegalArgumentException if the pattern is another one
     */
    public Hierarchy withMatrix(CsrMatrix matrix, Team team) {
        if (!matrix.pattern().equals(levels.get(0).matrix().pattern())) {
            throw new IllegalArgumentException("The hierarchy belongs to a "
                    + levels.get(0).matrix().pattern() + ", but the matrix has a different "
                    + matrix.pattern() + "; build a new hierarchy.");
        }
        List<Level> updated = new ArrayList<>();
        CsrMatrix current = matrix;
        for (int l = 0; l < levels.size(); l++) {
            Level level = levels.get(l);
            updated.add(new Level(current, level.blockSize(), level.toCoarser()));
            if (level.toCoarser().isPresent()) {
                Level.Transfer transfer = level.toCoarser().get();
                Pattern known = levels.get(l + 1).matrix().pattern();
                current = current.galerkin(transfer.restriction(), transfer.interpolation(), known, team);
            }
        }
        return new Hierarchy(updated);
    }

    /** The hierarchy of the transposed matrix: every operator transposed, in time linear in the entries. */
    public Hierarchy transposed() {
        return new Hierarchy(levels.stream()
                .map(level -> new Level(
                        level.matrix().transpose(),
                        level.blockSize(),
                        level.toCoarser().map(Level.Transfer::transposed)))
                .toList());
    }

    /** Rows of all levels over those of the finest. */
    public double gridComplexity() {
        double sum = levels.stream().mapToDouble(level -> level.matrix().rows()).sum();
        return sum / Math.max(1, levels.get(0).matrix().rows());
    }

    /** Memory of the levels in bytes: operators, interpolations and restrictions. */
    public long bytes() {
        long sum = 0;
        for (Level level : levels) {
            sum += level.matrix().bytes();
            if (level.toCoarser().isPresent()) {
                Level.Transfer transfer = level.toCoarser().get();
                sum += transfer.interpolation().bytes() + transfer.restriction().bytes();
            }
        }
        return sum;
    }

    @Serial
    private Object writeReplace() {
        return new HierarchyBytes.Form(this);
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
