// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.Arrays;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.kernels.collective.Collective;

/**
 * Smoothed interpolation from aggregates across the boundaries of ranks: P = (I − ω D⁻¹ A_F) T with ω = 4/3 / ρ(D⁻¹ A_F), as
 * for one process (Vaněk, Mandel and Brezina 1996, section 4).
 */
final class DistributedInterpolation {
    private static final double FOUR_THIRDS = 4.0 / 3.0;

    private final CsrMatrix a;
    private final boolean[] strong;
    private final Halo halo;
    private final DistributedAggregates aggregates;
    private final double[] inverseDiagonal;

    private DistributedInterpolation(StrongCouplings couplings, DistributedAggregates aggregates) {
        this.a = couplings.stacked();
        this.strong = couplings.strong();
        this.halo = couplings.halo();
        this.aggregates = aggregates;
        inverseDiagonal = new double[a.rows()];
        Arrays.setAll(inverseDiagonal, i -> 1 / filteredDiagonal(i));
    }

    /** P, of which each rank has the rows of its unknowns; made by all ranks together. */
    static DistributedMatrix of(DistributedMatrix matrix, StrongCouplings couplings, DistributedAggregates aggregates) {
        DistributedInterpolation interpolation = new DistributedInterpolation(couplings, aggregates);
        double omega = FOUR_THIRDS / interpolation.spectralRadius();
        return DistributedMatrix.of(
                matrix.world(), matrix.rows(), aggregates.partition(), interpolation.smoothed(omega));
    }

    private double filteredDiagonal(int i) {
        double diagonal = 0;
        double weak = 0;
        for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
            if (a.columns()[k] == i) {
                diagonal = a.values()[k];
            } else if (!strong[k]) {
                weak += a.values()[k];
            }
        }
        return diagonal + weak > 0.1 * diagonal ? diagonal + weak : diagonal;
    }

    /** Power steps from a vector that depends on global numbers alone, raised by a tenth, at most the largest row sum. */
    private double spectralRadius() {
        Collective world = halo.world();
        long first = halo.partition().start(world.rank());
        double[] x = new double[a.rows()];
        Arrays.setAll(x, i -> 0.5 + 0.5 * Math.sin(0.7 * (first + i) + 1));
        double norm = norm(x);
        for (int step = 0; step < 5; step++) {
            x = scaledImage(x, 1 / norm);
            norm = norm(x);
        }
        double bound = Sums.largest(world, largestRowSum());
        double raised = 1.1 * norm;
        return raised > 0 && raised < bound ? raised : bound;
    }

    private double largestRowSum() {
        double bound = 0;
        for (int i = 0; i < a.rows(); i++) {
            double sum = 0;
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                sum += strong[k] ? Math.abs(a.values()[k]) : 0;
            }
            bound = Math.max(bound, 1 + sum * inverseDiagonal[i]);
        }
        return bound;
    }

    /** D⁻¹ A_F (factor x). */
    private double[] scaledImage(double[] x, double factor) {
        double[] all = Arrays.copyOf(x, x.length + halo.size());
        System.arraycopy(halo.ghosts(x, 1), 0, all, x.length, halo.size());
        double[] image = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double sum = 0;
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                if (strong[k]) {
                    sum += a.values()[k] * all[a.columns()[k]];
                }
            }
            image[i] = factor * (x[i] + sum * inverseDiagonal[i]);
        }
        return image;
    }

    private double norm(double[] x) {
        double sum = 0;
        for (double value : x) {
            sum += value * value;
        }
        return Math.sqrt(Sums.of(halo.world(), new double[] {sum})[0]);
    }

    private RowBlock smoothed(double omega) {
        long[] owner = aggregates.owner();
        int[] rowStart = new int[a.rows() + 1];
        long[] columns = new long[a.rows() + a.entries()];
        double[] values = new double[columns.length];
        int size = 0;
        for (int i = 0; i < a.rows(); i++) {
            int start = size;
            if (owner[i] != DistributedAggregates.ISOLATED) {
                columns[size] = owner[i];
                values[size++] = 1 - omega;
            }
            double factor = omega * inverseDiagonal[i];
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                long aggregate = owner[a.columns()[k]];
                if (strong[k] && aggregate != DistributedAggregates.ISOLATED) {
                    columns[size] = aggregate;
                    values[size++] = -factor * a.values()[k];
                }
            }
            size = RowSum.merge(columns, values, start, size);
            rowStart[i + 1] = size;
        }
        return new RowBlock(rowStart, Arrays.copyOf(columns, size), Arrays.copyOf(values, size));
    }
}
