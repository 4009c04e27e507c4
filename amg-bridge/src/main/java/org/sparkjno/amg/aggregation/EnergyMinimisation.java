// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.aggregation;

import java.util.Arrays;
import org.sparkjno.amg.hierarchy.NearNullSpace;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.matrix.Pattern;
import org.sparkjno.amg.parallel.Team;

/**
 * The interpolation P of least energy trace(PᵀAP) among those of a given pattern with P B_c = B: a few steps of conjugate
 * gradients from the tentative one, preconditioned by the diagonal, in the space of matrices of that pattern that map the
 * coarse near-null vectors to zero.
 *
 * <p>L. N. Olson, J. B. Schroder and R. S. Tuminaro, "A general interpolation strategy for algebraic multigrid using energy
 * minimization", SIAM J. Sci. Comput. 33, 2011, algorithm 2.
 */
final class EnergyMinimisation {
    private final CsrMatrix a;
    private final int blockSize;
    private final Pattern pattern;
    private final Aggregates aggregates;
    private final NearNullSpace coarse;
    private final Team team;
    private final double[] inverseDiagonal;
    /** Per row (B_iᵀ B_i)⁻¹ of the coarse vectors B_i that the row sees. */
    private final double[] gramInverse;

    private EnergyMinimisation(
            CsrMatrix a, int blockSize, Pattern pattern, Aggregates aggregates, NearNullSpace coarse, Team team) {
        this.a = a;
        this.blockSize = blockSize;
        this.pattern = pattern;
        this.aggregates = aggregates;
        this.coarse = coarse;
        this.team = team;
        inverseDiagonal =
                Arrays.stream(a.diagonal()).map(d -> d == 0 ? 0 : 1 / d).toArray();
        int width = coarse.width();
        gramInverse = new double[Math.multiplyExact(a.rows() / blockSize, width * width)];
        team.forRows(a.rows() / blockSize, (from, to) -> {
            for (int node = from; node < to; node++) {
                System.arraycopy(gramInverse(node), 0, gramInverse, node * width * width, width * width);
            }
        });
    }

    /** The interpolation. */
    static CsrMatrix of(
            CsrMatrix a,
            int blockSize,
            NodeCouplings couplings,
            Prolongation.MinimalEnergy settings,
            Aggregates aggregates,
            Tentative tentative,
            Team team) {
        Pattern pattern = InterpolationPattern.of(couplings, settings.reach(), aggregates, team)
                .blocks(blockSize, tentative.width());
        EnergyMinimisation problem =
                new EnergyMinimisation(a, blockSize, pattern, aggregates, tentative.coarse(), team);
        double[] p = problem.start(tentative);
        problem.minimise(p, settings.steps());
        return CsrMatrix.of(pattern, p);
    }

    /** The tentative interpolation in the wider pattern. */
    private double[] start(Tentative tentative) {
        double[] p = new double[pattern.entries()];
        int width = tentative.width();
        for (int i = 0; i < a.rows(); i++) {
            int owner = aggregates.owner()[i / blockSize];
            if (owner != Aggregates.ISOLATED) {
                System.arraycopy(tentative.values(), i * width, p, pattern.position(i, owner * width), width);
            }
        }
        return p;
    }

    private void minimise(double[] p, int steps) {
        double[] residual = product(p);
        for (int k = 0; k < residual.length; k++) {
            residual[k] = -residual[k];
        }
        project(residual);
        double[] direction = new double[p.length];
        double before = 1;
        for (int step = 0; step < steps; step++) {
            double[] scaled = scaled(residual);
            // The diagonal differs between the rows alone, so that scaled rows still map the coarse vectors to zero.
            double energy = dot(scaled, residual);
            if (!(energy > 0)) {
                return;
            }
            for (int k = 0; k < p.length; k++) {
                direction[k] = scaled[k] + (step == 0 ? 0 : energy / before) * direction[k];
            }
            double[] image = product(direction);
            project(image);
            double curvature = dot(direction, image);
            if (!(curvature > 0)) {
                return;
            }
            double length = energy / curvature;
            for (int k = 0; k < p.length; k++) {
                p[k] += length * direction[k];
                residual[k] -= length * image[k];
            }
            before = energy;
        }
    }

    /** A P, within the pattern of P. */
    private double[] product(double[] p) {
        double[] result = new double[p.length];
        int columns = pattern.columnCount();
        team.forRows(a.rows(), (from, to) -> {
            int[] place = new int[columns];
            Arrays.fill(place, -1);
            for (int i = from; i < to; i++) {
                int begin = pattern.rowStart()[i];
                int end = pattern.rowStart()[i + 1];
                for (int k = begin; k < end; k++) {
                    place[pattern.columns()[k]] = k;
                }
                for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                    int j = a.columns()[k];
                    for (int l = pattern.rowStart()[j]; l < pattern.rowStart()[j + 1]; l++) {
                        int at = place[pattern.columns()[l]];
                        if (at >= 0) {
                            result[at] += a.values()[k] * p[l];
                        }
                    }
                }
                for (int k = begin; k < end; k++) {
                    place[pattern.columns()[k]] = -1;
                }
            }
        });
        return result;
    }

    private double[] scaled(double[] x) {
        double[] result = new double[x.length];
        for (int i = 0; i < a.rows(); i++) {
            for (int k = pattern.rowStart()[i]; k < pattern.rowStart()[i + 1]; k++) {
                result[k] = inverseDiagonal[i] * x[k];
            }
        }
        return result;
    }

    /** Removes from every row what the coarse vectors see of it; rows that are in no aggregate are free. */
    private void project(double[] x) {
        int width = coarse.width();
        team.forRows(a.rows(), (from, to) -> {
            double[] seen = new double[width];
            double[] weight = new double[width];
            for (int i = from; i < to; i++) {
                if (aggregates.owner()[i / blockSize] == Aggregates.ISOLATED) {
                    continue;
                }
                Arrays.fill(seen, 0);
                for (int k = pattern.rowStart()[i]; k < pattern.rowStart()[i + 1]; k++) {
                    for (int v = 0; v < width; v++) {
                        seen[v] += x[k] * coarse.get(pattern.columns()[k], v);
                    }
                }
                int at = i / blockSize * width * width;
                for (int v = 0; v < width; v++) {
                    weight[v] = 0;
                    for (int w = 0; w < width; w++) {
                        weight[v] += gramInverse[at + v * width + w] * seen[w];
                    }
                }
                for (int k = pattern.rowStart()[i]; k < pattern.rowStart()[i + 1]; k++) {
                    for (int v = 0; v < width; v++) {
                        x[k] -= weight[v] * coarse.get(pattern.columns()[k], v);
                    }
                }
            }
        });
    }

    private double[] gramInverse(int node) {
        int width = coarse.width();
        double[] gram = new double[width * width];
        int row = node * blockSize;
        for (int k = pattern.rowStart()[row]; k < pattern.rowStart()[row + 1]; k++) {
            int column = pattern.columns()[k];
            for (int v = 0; v < width; v++) {
                for (int w = 0; w < width; w++) {
                    gram[v * width + w] += coarse.get(column, v) * coarse.get(column, w);
                }
            }
        }
        return SmallMatrix.inverse(gram, width);
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += x[k] * y[k];
        }
        return sum;
    }
}
