// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.aggregation;

import java.util.Arrays;
import org.sparkjno.amg.hierarchy.NearNullSpace;
import org.sparkjno.amg.parallel.Team;

/**
 * The tentative interpolation T: on each aggregate an orthogonal basis of the near-null vectors there, so that T times
 * the coarse vectors gives the fine ones back. Columns have the length √(nodes of the aggregate); for constants that
 * makes them vectors of ones.
 *
 * <p>Vaněk, Mandel and Brezina 1996, algorithm 4.1. Where the vectors depend on each other on an aggregate, Householder's
 * factorisation completes the basis by other vectors, so that no column of T vanishes and the coarse matrix stays
 * regular.
 *
 * @param width columns per aggregate
 * @param values (rows x width): the entries of T in the columns of the aggregate to which the row belongs
 * @param coarse the near-null space of the coarse level
 */
record Tentative(int width, double[] values, NearNullSpace coarse) {
    /**
     * Factorises the near-null space aggregate by aggregate.
     *
     * @param aggregates with at least as many rows as there are vectors
     */
    static Tentative of(NearNullSpace fine, int blockSize, Aggregates aggregates, Team team) {
        int width = fine.width();
        if (width == 1 && blockSize == 1) {
            return ofOne(fine, aggregates);
        }
        double[] values = new double[fine.values().length];
        double[] coarse = new double[Math.multiplyExact(aggregates.count(), width * width)];
        int[] first = new int[aggregates.count() + 1];
        int[] members = members(aggregates, first);
        team.forRows(aggregates.count(), (from, to) -> {
            for (int c = from; c < to; c++) {
                int nodes = first[c + 1] - first[c];
                double[] block = new double[nodes * blockSize * width];
                for (int m = 0; m < nodes; m++) {
                    int at = members[first[c] + m] * blockSize * width;
                    System.arraycopy(fine.values(), at, block, m * blockSize * width, blockSize * width);
                }
                double scale = Math.sqrt(nodes);
                orthogonalise(block, nodes * blockSize, width, scale, coarse, c * width * width);
                for (int m = 0; m < nodes; m++) {
                    int at = members[first[c] + m] * blockSize * width;
                    System.arraycopy(block, m * blockSize * width, values, at, blockSize * width);
                }
            }
        });
        return new Tentative(width, values, new NearNullSpace(aggregates.count() * width, width, coarse));
    }

    /** One vector of scalar unknowns needs lengths alone. */
    private static Tentative ofOne(NearNullSpace fine, Aggregates aggregates) {
        int[] owner = aggregates.owner();
        double[] coarse = new double[aggregates.count()];
        for (int i = 0; i < owner.length; i++) {
            if (owner[i] != Aggregates.ISOLATED) {
                coarse[owner[i]] += fine.values()[i] * fine.values()[i];
            }
        }
        int[] size = aggregates.sizes();
        for (int c = 0; c < coarse.length; c++) {
            coarse[c] = Math.sqrt(coarse[c] / size[c]);
        }
        double[] values = new double[owner.length];
        for (int i = 0; i < owner.length; i++) {
            if (owner[i] != Aggregates.ISOLATED) {
                values[i] = coarse[owner[i]] > 0 ? fine.values()[i] / coarse[owner[i]] : 1;
            }
        }
        return new Tentative(1, values, new NearNullSpace(coarse.length, 1, coarse));
    }

    /** The nodes of all aggregates one after the other; {@code first} is filled with where each begins. */
    private static int[] members(Aggregates aggregates, int[] first) {
        int[] size = aggregates.sizes();
        for (int c = 0; c < size.length; c++) {
            first[c + 1] = first[c] + size[c];
        }
        int[] next = Arrays.copyOf(first, size.length);
        int[] members = new int[first[size.length]];
        for (int i = 0; i < aggregates.owner().length; i++) {
            int c = aggregates.owner()[i];
            if (c != Aggregates.ISOLATED) {
                members[next[c]++] = i;
            }
        }
        return members;
    }

    /** Replaces a block by scale Q and writes R / scale, where Q R is the block (rows x width). */
    private static void orthogonalise(double[] block, int rows, int width, double scale, double[] r, int at) {
        Householder factor = new Householder(block, rows, width);
        for (int i = 0; i < width; i++) {
            for (int j = i; j < width; j++) {
                r[at + i * width + j] = factor.upper(i, j) / scale;
            }
        }
        factor.writeBasis(scale, block);
    }
}
