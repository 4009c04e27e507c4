// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.sparkjno.amg.matrix.CsrAssembler;
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
     * The rows of one stage. Columns are own ones and then those of the halo.
     *
     * @param rows their numbers
     * @param sweep over the couplings among them
     * @param surplus what the sweep has on the diagonal more than the matrix
     * @param before couplings to own rows and ghosts of earlier stages
     * @param after couplings to those of later ones, and to ghosts of the same
     * @param arriving the ghosts of this stage
     * @param ghosts their places in the halo
     */
    private record Stage(
            int[] rows,
            Smoother sweep,
            double[] surplus,
            CsrMatrix before,
            CsrMatrix after,
            Halo arriving,
            int[] ghosts) {}

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
        CsrMatrix all = matrix.stacked();
        int own = all.rows();
        int[] place = new int[own];
        List<Stage> stages = new ArrayList<>();
        for (int s = 0; s < order.stages(); s++) {
            int stage = s;
            int[] rows = order.rows(stage);
            for (int k = 0; k < rows.length; k++) {
                place[rows[k]] = k;
            }
            CsrAssembler inside = new CsrAssembler(rows.length, rows.length, 0);
            for (int k = 0; k < rows.length; k++) {
                for (int e = all.rowStart()[rows[k]]; e < all.rowStart()[rows[k] + 1]; e++) {
                    int j = all.columns()[e];
                    if (j < own && order.own()[j] == stage) {
                        inside.add(k, place[j], all.values()[e] + (j == rows[k] ? surplus[j] : 0));
                    }
                }
            }
            CsrMatrix raised = inside.assemble();
            int[] ghosts = order.ghosts(stage);
            stages.add(new Stage(
                    rows,
                    Agreement.of(matrix.world(), () -> smoothing.on(raised, blockSize, team)),
                    Arrays.stream(rows).mapToDouble(i -> surplus[i]).toArray(),
                    part(all, rows, j -> (j < own ? order.own()[j] : order.ghosts()[j - own]) < stage),
                    part(all, rows, j -> j < own ? order.own()[j] > stage : order.ghosts()[j - own] >= stage),
                    Halo.plan(
                            matrix.world(),
                            matrix.columns(),
                            IntStream.of(ghosts)
                                    .mapToLong(g -> matrix.halo().ghosts()[g])
                                    .toArray()),
                    ghosts));
        }
        return new StagedSmoother(matrix, stages, team);
    }

    private static CsrMatrix part(CsrMatrix all, int[] rows, IntPredicate columns) {
        CsrAssembler part = new CsrAssembler(rows.length, all.columnCount(), 0);
        for (int k = 0; k < rows.length; k++) {
            for (int e = all.rowStart()[rows[k]]; e < all.rowStart()[rows[k] + 1]; e++) {
                if (columns.test(all.columns()[e])) {
                    part.add(k, all.columns()[e], all.values()[e]);
                }
            }
        }
        return part.assemble();
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
        private final List<Smoother.Application> sweeps;
        /** Own components and ghosts. */
        private final double[] all;

        Application(int width) {
            this.width = width;
            sweeps = stages.stream().map(stage -> stage.sweep().begin(width)).toList();
            all = new double
                    [Math.multiplyExact(matrix.own().rows() + matrix.halo().size(), width)];
        }

        @Override
        public void before(double[] b, double[] x, double[] r) {
            Arrays.fill(all, 0);
            for (int s = 0; s < stages.size(); s++) {
                Stage stage = stages.get(s);
                double[] right = taken(b, stage.rows());
                stage.before().residual(right, all, right, width, team);
                double[] part = new double[right.length];
                double[] left = new double[right.length];
                sweeps.get(s).before(right, part, left);
                addSurplus(stage, part, left);
                put(part, stage.rows(), all);
                put(left, stage.rows(), r);
                arrive(stage);
            }
            for (Stage stage : stages) {
                double[] left = taken(r, stage.rows());
                stage.after().residual(left, all, left, width, team);
                put(left, stage.rows(), r);
            }
            System.arraycopy(all, 0, x, 0, x.length);
        }

        @Override
        public void after(double[] b, double[] x, double[] r) {
            System.arraycopy(x, 0, all, 0, x.length);
            double[] ghosts = matrix.halo().ghosts(x, width);
            System.arraycopy(ghosts, 0, all, x.length, ghosts.length);
            for (int s = stages.size() - 1; s >= 0; s--) {
                Stage stage = stages.get(s);
                double[] right = taken(b, stage.rows());
                stage.before().residual(right, all, right, width, team);
                stage.after().residual(right, all, right, width, team);
                double[] part = taken(all, stage.rows());
                addSurplus(stage, part, right);
                sweeps.get(s).after(right, part, new double[part.length]);
                put(part, stage.rows(), all);
                if (s > 0) {
                    arrive(stage);
                }
            }
            System.arraycopy(all, 0, x, 0, x.length);
        }

        /** Others learn what this stage has found. */
        private void arrive(Stage stage) {
            if (!stage.arriving().isSilent()) {
                double[] found = stage.arriving().ghosts(all, width);
                int own = matrix.own().rows();
                for (int g = 0; g < stage.ghosts().length; g++) {
                    System.arraycopy(found, g * width, all, (own + stage.ghosts()[g]) * width, width);
                }
            }
        }

        private double[] taken(double[] whole, int[] rows) {
            double[] part = new double[rows.length * width];
            for (int k = 0; k < rows.length; k++) {
                System.arraycopy(whole, rows[k] * width, part, k * width, width);
            }
            return part;
        }

        private void put(double[] part, int[] rows, double[] whole) {
            for (int k = 0; k < rows.length; k++) {
                System.arraycopy(part, k * width, whole, rows[k] * width, width);
            }
        }

        private void addSurplus(Stage stage, double[] x, double[] r) {
            double[] surplus = stage.surplus();
            for (int i = 0; i < surplus.length; i++) {
                for (int k = i * width; k < (i + 1) * width && surplus[i] != 0; k++) {
                    r[k] += surplus[i] * x[k];
                }
            }
        }
    }
}
