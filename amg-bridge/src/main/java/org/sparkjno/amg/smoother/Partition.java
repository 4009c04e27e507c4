// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * Rows cut in consecutive parts, one per thread, and what couples them: Gauss-Seidel runs within a part, Jacobi across, on
 * the {@link HybridDiagonal}.
 */
final class Partition {
    /** Fewer rows than this are left to one thread. */
    private static final int WORTHWHILE = 4096;

    private final CsrMatrix matrix;
    private final int[] cuts;
    /** Whether a row is coupled to another part; null for a single part. */
    private final boolean[] coupled;
    /** Per part the rows with couplings to other parts, increasing. */
    private final int[][] boundary;
    /** What is added to the diagonal of each row of {@link #boundary}. */
    private final double[][] surplus;

    private Partition(CsrMatrix matrix, int[] cuts, boolean[] coupled, int[][] boundary, double[][] surplus) {
        this.matrix = matrix;
        this.cuts = cuts;
        this.coupled = coupled;
        this.boundary = boundary;
        this.surplus = surplus;
    }

    /** Cuts a matrix between nodes of {@code blockSize} rows; all rows of a coupled node count as coupled. */
    static Partition of(CsrMatrix a, int blockSize, Team team) {
        int nodes = a.rows() / blockSize;
        int parts = a.rows() < WORTHWHILE ? 1 : Math.min(team.size(), nodes);
        int[] cuts = new int[parts + 1];
        Arrays.setAll(cuts, part -> Team.cut(nodes, parts, part) * blockSize);
        int[][] boundary = new int[parts][0];
        double[][] surplus = new double[parts][0];
        if (parts == 1) {
            return new Partition(a, cuts, null, boundary, surplus);
        }
        Couplings couplings = new Couplings(a, cuts, blockSize);
        for (int p = 0; p < parts; p++) {
            boundary[p] = couplings.rows(cuts[p], cuts[p + 1]);
            surplus[p] =
                    Arrays.stream(boundary[p]).mapToDouble(couplings::surplus).toArray();
        }
        return new Partition(a, cuts, couplings.coupled, boundary, surplus);
    }

    int parts() {
        return cuts.length - 1;
    }

    /** First row of a part. */
    int from(int part) {
        return cuts[part];
    }

    /** First row after a part. */
    int to(int part) {
        return cuts[part + 1];
    }

    /** Whether row i is coupled to another part. */
    boolean coupled(int i) {
        return coupled != null && coupled[i];
    }

    /** Position of the first entry of row i in its own part. */
    int firstEntry(int part, int i) {
        return coupled(i) ? firstFrom(cuts[part], i) : matrix.rowStart()[i];
    }

    /** Position after the last entry of row i in its own part. */
    int lastEntry(int part, int i) {
        return coupled(i) ? firstFrom(cuts[part + 1], i) : matrix.rowStart()[i + 1];
    }

    private int firstFrom(int column, int i) {
        int k = matrix.rowStart()[i];
        while (k < matrix.rowStart()[i + 1] && matrix.columns()[k] < column) {
            k++;
        }
        return k;
    }

    /** The rows of a part that are coupled to others, increasing. */
    int[] boundary(int part) {
        return boundary[part];
    }

    /** What is added to the diagonal of each row of {@link #boundary}. */
    double[] surplus(int part) {
        return surplus[part];
    }

    /** The entries outside the diagonal parts. */
    private static final class Couplings {
        private final CsrMatrix a;
        private final boolean[] coupled;
        private final double[] ofRow;
        private final double[] ofColumn;

        Couplings(CsrMatrix a, int[] cuts, int blockSize) {
            this.a = a;
            coupled = new boolean[a.rows()];
            ofRow = new double[a.rows()];
            ofColumn = new double[a.rows()];
            for (int p = 0; p + 1 < cuts.length; p++) {
                for (int i = cuts[p]; i < cuts[p + 1]; i++) {
                    add(i, cuts[p], cuts[p + 1]);
                }
            }
            for (int i = 0; i < coupled.length; i++) {
                if (coupled[i] && blockSize > 1) {
                    int node = i - i % blockSize;
                    Arrays.fill(coupled, node, node + blockSize, true);
                }
            }
        }

        private void add(int i, int from, int to) {
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                int j = a.columns()[k];
                if (j < from || j >= to) {
                    double size = Math.abs(a.values()[k]);
                    coupled[i] = true;
                    coupled[j] = true;
                    ofRow[i] += size;
                    ofColumn[j] += size;
                }
            }
        }

        int[] rows(int from, int to) {
            return IntStream.range(from, to).filter(i -> coupled[i]).toArray();
        }

        double surplus(int i) {
            return HybridDiagonal.surplus(a.get(i, i), ofRow[i], ofColumn[i]);
        }
    }
}
