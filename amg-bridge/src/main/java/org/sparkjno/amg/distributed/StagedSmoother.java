// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.amg.smoother.HybridDiagonal;
import org.sparkjno.amg.smoother.Smoother;
import org.sparkjno.amg.smoother.Smoothing;

/**
 * Smooths a level whose rows are divided over ranks, in the stages of a {@link SweepOrder}: each rank sweeps over its rows of
 * a stage, with what all ranks have found in earlier ones. Rows of other ranks in the same stage are taken as they were
 * before it, with the safeguard of {@link HybridDiagonal}.
 */
final class StagedSmoother {
    private final DistributedMatrix matrix;
    private final List<Stage> stages;
    private final Team team;

    private StagedSmoother(DistributedMatrix matrix, List<Stage> stages, Team team) {
        this.matrix = matrix;
        this.stages = stages;
        this.team = team;
    }

    /**
     * The rows of one stage.
     *
     * @param rows their numbers, ascending
     * @param sweep over the couplings among them
     * @param surplus what the sweep has on the diagonal more than the matrix
     * @param before couplings to earlier stages
     * @param after couplings to later ones, and to ghosts of the same
     * @param arriving the ghosts of this stage
     * @param ghosts their places in the halo
     */
    private record Stage(
            int[] rows,
            Smoother sweep,
            double[] surplus,
            Couplings before,
            Couplings after,
            Halo arriving,
            int[] ghosts) {}

    /** Couplings of some rows to own rows and to ghosts. */
    private record Couplings(CsrMatrix own, CsrMatrix foreign) {
        boolean isEmpty() {
            return own.entries() == 0 && foreign.entries() == 0;
        }

        /** Subtracts what they make of own components and ghosts. */
        void subtract(double[] x, double[] ghosts, double[] from, int width, Team team) {
            if (own.entries() > 0) {
                own.residual(from, x, from, width, team);
            }
            if (foreign.entries() > 0) {
                foreign.residual(from, ghosts, from, width, team);
            }
        }
    }

    /**
     * Sets up; made by all ranks together.
     *
     * @param smoothing makes the sweep over the rows of a stage
     * @param blockSize rows per node
     * @throws IllegalArgumentException on all ranks if the sweep does not exist for the rows of one
     */
    static StagedSmoother of(
            DistributedMatrix matrix, SweepOrder order, Smoothing smoothing, int blockSize, Team team) {
        double[] surplus = surplus(matrix, order);
        CsrMatrix own = matrix.own();
        CsrMatrix foreign = matrix.coupling();
        int[] inside = order.own();
        int[] outside = order.ghosts();
        List<Stage> stages = new ArrayList<>();
        for (int s = 0; s < order.stages(); s++) {
            int stage = s;
            int[] rows = order.rows(stage);
            int[] ghosts = order.ghosts(stage);
            CsrMatrix raised = raised(part(own, rows, j -> inside[j] == stage), rows, surplus);
            stages.add(new Stage(
                    rows,
                    Agreement.of(matrix.world(), () -> smoothing.on(raised, blockSize, team)),
                    Arrays.stream(rows).mapToDouble(i -> surplus[i]).toArray(),
                    new Couplings(
                            part(own, rows, j -> inside[j] < stage), part(foreign, rows, g -> outside[g] < stage)),
                    new Couplings(
                            part(own, rows, j -> inside[j] > stage), part(foreign, rows, g -> outside[g] >= stage)),
                    matrix.halo().of(ghosts),
                    ghosts));
        }
        return new StagedSmoother(matrix, stages, team);
    }

    /** Some rows and some columns; the others are empty. */
    private static CsrMatrix part(CsrMatrix all, int[] rows, IntPredicate isKept) {
        int[] start = new int[rows.length + 1];
        int[] columns = new int[all.entries()];
        double[] values = new double[all.entries()];
        int size = 0;
        for (int k = 0; k < rows.length; k++) {
            for (int e = all.rowStart()[rows[k]]; e < all.rowStart()[rows[k] + 1]; e++) {
                if (isKept.test(all.columns()[e])) {
                    columns[size] = all.columns()[e];
                    values[size++] = all.values()[e];
                }
            }
            start[k + 1] = size;
        }
        return CsrMatrix.of(
                rows.length, all.columnCount(), start, Arrays.copyOf(columns, size), Arrays.copyOf(values, size));
    }

    /** The couplings among some rows as a matrix of their own, with a larger diagonal. */
    private static CsrMatrix raised(CsrMatrix couplings, int[] rows, double[] surplus) {
        int[] place = new int[couplings.columnCount()];
        for (int k = 0; k < rows.length; k++) {
            place[rows[k]] = k;
        }
        int[] columns = new int[couplings.entries()];
        double[] values = couplings.values().clone();
        for (int k = 0; k < rows.length; k++) {
            for (int e = couplings.rowStart()[k]; e < couplings.rowStart()[k + 1]; e++) {
                columns[e] = place[couplings.columns()[e]];
                values[e] += columns[e] == k ? surplus[rows[k]] : 0;
            }
        }
        return CsrMatrix.of(rows.length, rows.length, couplings.rowStart(), columns, values);
    }

    /** By the couplings to ghosts of the same stage. */
    private static double[] surplus(DistributedMatrix matrix, SweepOrder order) {
        CsrMatrix coupling = matrix.coupling();
        double[] ofRow = new double[coupling.rows()];
        double[] ofGhosts = new double[coupling.columnCount()];
        for (int i = 0; i < ofRow.length; i++) {
            for (int k = coupling.rowStart()[i]; k < coupling.rowStart()[i + 1]; k++) {
                int ghost = coupling.columns()[k];
                if (order.ghosts()[ghost] == order.own()[i]) {
                    double size = Math.abs(coupling.values()[k]);
                    ofRow[i] += size;
                    ofGhosts[ghost] += size;
                }
            }
        }
        double[] ofColumn = new double[ofRow.length];
        matrix.halo().addToOwners(ofGhosts, ofColumn, 1);
        double[] surplus = new double[ofRow.length];
        for (int i = 0; i < surplus.length; i++) {
            surplus[i] = HybridDiagonal.surplus(matrix.own().get(i, i), ofRow[i], ofColumn[i]);
        }
        return surplus;
    }

    /** A fresh application for vectors of (rows x width). */
    Application begin(int width) {
        return new Application(width);
    }

    /** One use; all ranks make each call together. */
    final class Application implements Smoother.Application {
        private final int width;
        private final List<Turn> turns;
        private final double[] ghosts;

        Application(int width) {
            this.width = width;
            turns = stages.stream().map(Turn::new).toList();
            ghosts = new double[Math.multiplyExact(matrix.halo().size(), width)];
        }

        @Override
        public void before(double[] b, double[] x, double[] r) {
            Arrays.fill(x, 0);
            Arrays.fill(ghosts, 0);
            for (Turn turn : turns) {
                turn.before(b, x, r);
                turn.arrive(x);
            }
            for (Turn turn : turns) {
                turn.completeResidual(x, r);
            }
        }

        @Override
        public void after(double[] b, double[] x, double[] r) {
            System.arraycopy(matrix.halo().ghosts(x, width), 0, ghosts, 0, ghosts.length);
            for (int s = turns.size() - 1; s >= 0; s--) {
                turns.get(s).after(b, x);
                if (s > 0) {
                    turns.get(s).arrive(x);
                }
            }
        }

        /** A stage at work. Where it has all rows, vectors are used as they are. */
        private final class Turn {
            private final Stage stage;
            private final Smoother.Application sweep;
            private final boolean hasAll;
            private final double[] right;
            private final double[] solution;
            private final double[] residual;

            Turn(Stage stage) {
                this.stage = stage;
                sweep = stage.sweep().begin(width);
                hasAll = stage.rows().length == matrix.own().rows();
                right = new double[stage.rows().length * width];
                solution = new double[hasAll ? 0 : right.length];
                residual = new double[right.length];
            }

            void before(double[] b, double[] x, double[] r) {
                double[] rhs = b;
                if (!hasAll || !stage.before().isEmpty()) {
                    rhs = copied(b, right);
                    stage.before().subtract(x, ghosts, rhs, width, team);
                }
                double[] found = hasAll ? x : solution;
                double[] left = hasAll ? r : residual;
                sweep.before(rhs, found, left);
                addSurplus(found, left);
                put(found, x);
                put(left, r);
            }

            /** What later stages have found counts too. */
            void completeResidual(double[] x, double[] r) {
                if (!stage.after().isEmpty()) {
                    double[] left = hasAll ? r : copied(r, residual);
                    stage.after().subtract(x, ghosts, left, width, team);
                    put(left, r);
                }
            }

            void after(double[] b, double[] x) {
                double[] rhs = copied(b, right);
                stage.before().subtract(x, ghosts, rhs, width, team);
                stage.after().subtract(x, ghosts, rhs, width, team);
                double[] found = hasAll ? x : copied(x, solution);
                addSurplus(found, rhs);
                sweep.after(rhs, found, residual);
                put(found, x);
            }

            /** Others learn what this stage has found. */
            void arrive(double[] x) {
                if (!stage.arriving().isSilent()) {
                    double[] found = stage.arriving().ghosts(x, width);
                    for (int g = 0; g < stage.ghosts().length; g++) {
                        System.arraycopy(found, g * width, ghosts, stage.ghosts()[g] * width, width);
                    }
                }
            }

            /** The rows of the stage. */
            private double[] copied(double[] whole, double[] part) {
                int[] rows = stage.rows();
                for (int k = 0; k < rows.length; k++) {
                    for (int c = 0; c < width; c++) {
                        part[k * width + c] = whole[rows[k] * width + c];
                    }
                }
                return part;
            }

            private void put(double[] part, double[] whole) {
                int[] rows = stage.rows();
                for (int k = 0; k < rows.length && part != whole; k++) {
                    for (int c = 0; c < width; c++) {
                        whole[rows[k] * width + c] = part[k * width + c];
                    }
                }
            }

            private void addSurplus(double[] x, double[] sum) {
                double[] surplus = stage.surplus();
                for (int i = 0; i < surplus.length; i++) {
                    for (int k = i * width; k < (i + 1) * width && surplus[i] != 0; k++) {
                        sum[k] += surplus[i] * x[k];
                    }
                }
            }
        }
    }
}
