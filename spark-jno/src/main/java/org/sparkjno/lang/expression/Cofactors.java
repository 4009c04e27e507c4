// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/**
 * Determinants and cofactors of small matrices, expanded along the first row: P.-S. Laplace (1772).
 *
 * @param <T> what entries are
 * @param plus their sum
 * @param minus their difference
 * @param times their product
 */
record Cofactors<T>(BinaryOperator<T> plus, BinaryOperator<T> minus, BinaryOperator<T> times) {
    /** The determinant of the rows of a matrix. */
    T determinant(List<List<T>> rows) {
        if (rows.size() == 1) {
            return rows.get(0).get(0);
        }
        T sum = null;
        for (int j = 0; j < rows.size(); j++) {
            T term = times.apply(rows.get(0).get(j), determinant(without(rows, 0, j)));
            sum = sum == null ? term : (j % 2 == 0 ? plus : minus).apply(sum, term);
        }
        return sum;
    }

    /** The determinant of a matrix without a row and a column: the cofactor but for its sign {@code (−1)^(row + column)}. */
    T minor(List<List<T>> rows, int row, int column) {
        return determinant(without(rows, row, column));
    }

    private static <T> List<List<T>> without(List<List<T>> rows, int row, int column) {
        return IntStream.range(0, rows.size())
                .filter(i -> i != row)
                .mapToObj(i -> {
                    List<T> kept = new ArrayList<>(rows.get(i));
                    kept.remove(column);
                    return kept;
                })
                .map(List::copyOf)
                .toList();
    }
}
