// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.classical;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/** The workspace in which one thread puts rows of interpolation together, one after another. */
final class InterpolationRow {
    /** Weights that differ relatively by less are equal but for rounding. */
    private static final double TIE = 1e-10;

    /** Per fine-level point its slot plus the number of slots used by all rows before; stale where below {@code base}. */
    private final int[] mark;

    private final IntToLongFunction name;
    private int base = 1;
    private int size;
    private int[] points = new int[64];
    private double[] weights = new double[64];

    /** For rows that are combinations of these points. */
    InterpolationRow(CoarsePoints all) {
        mark = new int[all.types().length];
        name = all.name();
    }

    /** Empties the row. */
    void clear() {
        if (base > Integer.MAX_VALUE - mark.length - size) {
            Arrays.fill(mark, 0);
            base = 1;
            size = 0;
        }
        base += size;
        size = 0;
    }

    int size() {
        return size;
    }

    int point(int slot) {
        return points[slot];
    }

    double weight(int slot) {
        return weights[slot];
    }

    /** The slot of a point, or a negative number if the row does not hold it. */
    int slot(int point) {
        return mark[point] - base;
    }

    /** Makes room for a point, with weight 0 if it is new. */
    int include(int point) {
        int slot = mark[point] - base;
        if (slot >= 0) {
            return slot;
        }
        if (size == points.length) {
            points = Arrays.copyOf(points, 2 * size);
            weights = Arrays.copyOf(weights, 2 * size);
        }
        mark[point] = base + size;
        points[size] = point;
        weights[size] = 0;
        return size++;
    }

    void add(int slot, double weight) {
        weights[slot] += weight;
    }

    void scale(double factor) {
        for (int slot = 0; slot < size; slot++) {
            weights[slot] *= factor;
        }
    }

    /**
     * Keeps the {@code elements} largest weights, scaled so that their sum stays, and sorts them by point.
     *
     * @param centre the point that is interpolated
     */
    void truncate(int elements, int centre) {
        int kept = size;
        if (size > elements) {
            double before = sum(size);
            selectLargest(elements, centre);
            kept = elements;
            double after = sum(kept);
            // Weights of both signs may cancel; scaling would then blow them up.
            if (Math.abs(after) > 0.1 * Math.abs(before)) {
                for (int slot = 0; slot < kept; slot++) {
                    weights[slot] *= before / after;
                }
            }
        }
        dropAllBut(kept);
        sort();
    }

    private double sum(int count) {
        double sum = 0;
        for (int slot = 0; slot < count; slot++) {
            sum += weights[slot];
        }
        return sum;
    }

    /** Brings the largest weights to the front. */
    private void selectLargest(int elements, int centre) {
        for (int slot = 0; slot < elements; slot++) {
            int largest = slot;
            for (int other = slot + 1; other < size; other++) {
                if (precedes(other, largest, centre)) {
                    largest = other;
                }
            }
            swap(slot, largest);
        }
    }

    /**
     * Of equal weights the one nearer in the numbering goes first: on grids these come in opposite pairs, and an
     * interpolation from one side alone costs iterations. Names decide, so that a piece of a matrix gets what the whole gets.
     */
    private boolean precedes(int slot, int other, int centre) {
        double mine = Math.abs(weights[slot]);
        double its = Math.abs(weights[other]);
        return mine > its * (1 + TIE) || mine >= its * (1 - TIE) && isNearer(points[slot], points[other], centre);
    }

    private boolean isNearer(int point, int other, int centre) {
        long middle = name.applyAsLong(centre);
        long mine = name.applyAsLong(point);
        long its = name.applyAsLong(other);
        int order = Long.compare(Math.abs(mine - middle), Math.abs(its - middle));
        return order == 0 ? mine < its : order < 0;
    }

    private void swap(int slot, int other) {
        int point = points[slot];
        double weight = weights[slot];
        points[slot] = points[other];
        weights[slot] = weights[other];
        points[other] = point;
        weights[other] = weight;
    }

    /** The slots of the points dropped and moved are stale from here on: the row is complete. */
    private void dropAllBut(int kept) {
        base += size;
        size = kept;
    }

    /** By insertion: rows are short. */
    private void sort() {
        for (int slot = 1; slot < size; slot++) {
            int point = points[slot];
            double weight = weights[slot];
            int place = slot;
            while (place > 0 && points[place - 1] > point) {
                points[place] = points[place - 1];
                weights[place] = weights[place - 1];
                place--;
            }
            points[place] = point;
            weights[place] = weight;
        }
    }
}
