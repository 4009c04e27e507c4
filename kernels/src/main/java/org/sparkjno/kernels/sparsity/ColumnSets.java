// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.sparsity;

import java.util.Arrays;

/**
 * Unions of sorted sets of column numbers. A union that adds nothing is the same array as before, and the set of all
 * columns is one array, so that elements which depend on much share it.
 */
final class ColumnSets {
    static final int[] NONE = {};

    /** How many times longer a set is when its elements are looked up rather than merged. */
    private static final int MUCH_LONGER = 8;

    private final int[] all;
    private final int[] addedAt;
    private int time;
    private int[] only = NONE;
    private int[] collected = new int[16];
    private int size;

    ColumnSets(int columns) {
        this.all = new int[columns];
        this.addedAt = new int[columns];
        Arrays.setAll(all, i -> i);
    }

    /** One set per column, with that column alone. */
    int[][] units() {
        int[][] units = new int[all.length][];
        Arrays.setAll(units, i -> all.length == 1 ? all : new int[] {i});
        return units;
    }

    /** The union of two sets. */
    int[] union(int[] a, int[] b) {
        if (a.length < b.length) {
            return union(b, a);
        }
        if (a == b || b.length == 0 || a == all || (a.length > MUCH_LONGER * b.length && contains(a, b))) {
            return a;
        }
        int[] merged = new int[a.length + b.length];
        int count = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            int next = Math.min(a[i], b[j]);
            merged[count++] = next;
            i += a[i] == next ? 1 : 0;
            j += b[j] == next ? 1 : 0;
        }
        System.arraycopy(a, i, merged, count, a.length - i);
        count += a.length - i;
        System.arraycopy(b, j, merged, count, b.length - j);
        count += b.length - j;
        return count == a.length ? a : count == all.length ? all : Arrays.copyOf(merged, count);
    }

    private static boolean contains(int[] a, int[] b) {
        for (int column : b) {
            if (Arrays.binarySearch(a, column) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Starts a union of many sets. */
    void begin() {
        only = NONE;
        size = 0;
        time++;
    }

    /** Adds a set to the union of many. */
    void add(int[] set) {
        if (set == only || set.length == 0 || only == all) {
            return;
        }
        if (only == NONE || set == all) {
            only = set;
            return;
        }
        if (size == 0) {
            collect(only);
        }
        collect(set);
    }

    private void collect(int[] set) {
        int needed = Math.min(all.length, size + set.length);
        if (needed > collected.length) {
            collected = Arrays.copyOf(collected, Math.min(all.length, 2 * needed));
        }
        for (int column : set) {
            if (addedAt[column] != time) {
                addedAt[column] = time;
                collected[size++] = column;
            }
        }
    }

    /** The union of the sets added. */
    int[] end() {
        if (size == 0 || only == all) {
            return only;
        }
        if (size == all.length) {
            return all;
        }
        int[] union = Arrays.copyOf(collected, size);
        Arrays.sort(union);
        return union;
    }
}
