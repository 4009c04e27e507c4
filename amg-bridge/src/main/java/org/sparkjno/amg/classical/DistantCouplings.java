// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.classical;

import java.util.Arrays;
import org.sparkjno.amg.parallel.Team;

/** Couplings between coarse points over one or two strong steps, found row by row with a marker array. */
final class DistantCouplings {
    private final CoarsePoints points;
    private final Couplings dependences;
    private final int paths;
    /** Per coarse point the row that met it last, and how often. */
    private final int[] lastRow;

    private final int[] meetings;
    private int[] met = new int[64];

    private DistantCouplings(CoarsePoints points, Couplings dependences, int paths) {
        this.points = points;
        this.dependences = dependences;
        this.paths = paths;
        lastRow = new int[points.count()];
        meetings = new int[points.count()];
        Arrays.fill(lastRow, -1);
    }

    /**
     * The graph of the coarse points, in which i depends on j if at least {@code paths} strong paths of one or two steps
     * lead from i to j.
     */
    static Couplings between(CoarsePoints points, Couplings dependences, int paths, Team team) {
        int n = dependences.rows();
        int[] start = new int[points.count() + 1];
        int[][] parts = new int[team.size()][];
        int[] partOfRows = new int[team.size() + 1];
        team.forTasks(team.size(), part -> {
            DistantCouplings search = new DistantCouplings(points, dependences, paths);
            int from = Team.cut(n, team.size(), part);
            int to = Team.cut(n, team.size(), part + 1);
            parts[part] = search.rows(from, to, start);
        });
        for (int i = 0; i < points.count(); i++) {
            start[i + 1] += start[i];
        }
        for (int part = 0; part < parts.length; part++) {
            partOfRows[part + 1] = partOfRows[part] + parts[part].length;
        }
        int[] columns = new int[start[points.count()]];
        team.forTasks(
                parts.length, part -> System.arraycopy(parts[part], 0, columns, partOfRows[part], parts[part].length));
        return new Couplings(start, columns);
    }

    /** The couplings of the coarse points among some rows; their number goes to {@code count}, one place on. */
    private int[] rows(int from, int to, int[] count) {
        int[] columns = new int[1024];
        int size = 0;
        for (int i = from; i < to; i++) {
            int c = points.index()[i];
            if (c < 0) {
                continue;
            }
            int reached = walk(i, c);
            if (size + reached > columns.length) {
                columns = Arrays.copyOf(columns, Math.max(size + reached, columns.length + (columns.length >> 1)));
            }
            int before = size;
            for (int k = 0; k < reached; k++) {
                if (meetings[met[k]] >= paths) {
                    columns[size++] = met[k];
                }
            }
            count[c + 1] = size - before;
        }
        return Arrays.copyOf(columns, size);
    }

    /** Walks one and two steps from point i, the coarse point c; returns how many coarse points were met. */
    private int walk(int i, int c) {
        int[] start = dependences.start();
        int[] columns = dependences.columns();
        int reached = 0;
        for (int k = start[i]; k < start[i + 1]; k++) {
            int j = columns[k];
            if (met.length < reached + start[j + 1] - start[j] + 1) {
                met = Arrays.copyOf(met, 2 * (reached + start[j + 1] - start[j] + 1));
            }
            reached = meet(points.index()[j], c, reached);
            for (int l = start[j]; l < start[j + 1]; l++) {
                reached = meet(points.index()[columns[l]], c, reached);
            }
        }
        return reached;
    }

    private int meet(int other, int c, int reached) {
        if (other < 0 || other == c) {
            return reached;
        }
        if (lastRow[other] == c) {
            meetings[other]++;
            return reached;
        }
        lastRow[other] = c;
        meetings[other] = 1;
        met[reached] = other;
        return reached + 1;
    }
}
