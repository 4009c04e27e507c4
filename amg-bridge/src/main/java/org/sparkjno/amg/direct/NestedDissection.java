// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.direct;

import java.util.Arrays;
import org.sparkjno.amg.matrix.Pattern;

/**
 * An elimination order with little fill: a region is cut in two halves by a separator, which comes after both, and so on
 * within the halves. Separators are the middle levels of breadth-first searches from a far corner.
 *
 * <p>A. George, "Nested dissection of a regular finite element mesh", SIAM J. Numer. Anal. 10, 1973; A. George and J. W. H.
 * Liu, "An automatic nested dissection algorithm for irregular finite element problems", SIAM J. Numer. Anal. 15, 1978.
 */
final class NestedDissection {
    /** Regions up to this size are ordered as the search finds them. */
    private static final int LEAF = 40;

    private final Pattern pattern;
    /** The order as far as it is known; each region owns a range of it. */
    private final int[] order;
    /** The number of the region that a vertex last was part of. */
    private final int[] region;
    /** Distance from the start of the search, -1 where it has not been. */
    private final int[] level;
    /** What the search has reached, in that order. */
    private final int[] found;
    /** Number of the region at hand. */
    private int regions;

    private NestedDissection(Pattern pattern) {
        this.pattern = pattern;
        int n = pattern.rows();
        order = new int[n];
        Arrays.setAll(order, i -> i);
        region = new int[n];
        level = new int[n];
        found = new int[n];
    }

    /** The order of a symmetric pattern: element k is the row eliminated as the k-th. */
    static int[] of(Pattern pattern) {
        NestedDissection dissection = new NestedDissection(pattern);
        dissection.dissect(0, pattern.rows());
        return dissection.order;
    }

    /** Orders the vertices in a range of {@link #order} among themselves, one connected component after another. */
    private void dissect(int from, int to) {
        int[] ends = components(from, to);
        int begin = from;
        for (int end : ends) {
            if (end - begin > LEAF) {
                enter(begin, end);
                search(order[end - 1], 0);
                split(begin, end);
            }
            begin = end;
        }
    }

    /** Brings each component of a range together, in the order of a search; returns where each ends. */
    private int[] components(int from, int to) {
        enter(from, to);
        int[] ends = new int[4];
        int count = 0;
        int components = 0;
        for (int k = from; k < to; k++) {
            if (level[order[k]] < 0) {
                count = search(order[k], count);
                if (components == ends.length) {
                    ends = Arrays.copyOf(ends, 2 * components);
                }
                ends[components++] = from + count;
            }
        }
        System.arraycopy(found, 0, order, from, count);
        return Arrays.copyOf(ends, components);
    }

    /** Makes the vertices in a range a region of their own, none of them reached. */
    private void enter(int from, int to) {
        regions++;
        for (int k = from; k < to; k++) {
            region[order[k]] = regions;
            level[order[k]] = -1;
        }
    }

    /** Breadth-first search within the region; appends to {@link #found} and returns the new count. */
    private int search(int start, int before) {
        int count = before;
        found[count++] = start;
        level[start] = 0;
        for (int head = before; head < count; head++) {
            int v = found[head];
            for (int k = pattern.rowStart()[v]; k < pattern.rowStart()[v + 1]; k++) {
                int w = pattern.columns()[k];
                if (region[w] == regions && level[w] < 0) {
                    level[w] = level[v] + 1;
                    found[count++] = w;
                }
            }
        }
        return count;
    }

    /** Splits a connected range along the level in its middle. */
    private void split(int from, int to) {
        int count = to - from;
        int[] vertices = Arrays.copyOf(found, count);
        int depth = level[vertices[count - 1]];
        if (depth < 2) {
            return;
        }
        int cut = Math.min(level[vertices[count / 2]], depth - 1);
        int[] separator = new int[count];
        int separators = 0;
        int near = from;
        for (int v : vertices) {
            if (level[v] < cut || level[v] == cut && !touches(v, cut + 1)) {
                order[near++] = v;
            } else if (level[v] == cut) {
                separator[separators++] = v;
            }
        }
        int far = near;
        for (int v : vertices) {
            if (level[v] > cut) {
                order[far++] = v;
            }
        }
        System.arraycopy(separator, 0, order, far, separators);
        dissect(from, near);
        dissect(near, far);
    }

    private boolean touches(int v, int wanted) {
        for (int k = pattern.rowStart()[v]; k < pattern.rowStart()[v + 1]; k++) {
            int w = pattern.columns()[k];
            if (region[w] == regions && level[w] == wanted) {
                return true;
            }
        }
        return false;
    }
}
