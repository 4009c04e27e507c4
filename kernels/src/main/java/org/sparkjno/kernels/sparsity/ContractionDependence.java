// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.sparsity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;

/**
 * The columns that the elements of a contraction depend on through one of its operands.
 *
 * @param op the contraction
 * @param value its result
 * @param sets makes unions
 */
record ContractionDependence(Op.Contract op, Value value, ColumnSets sets) {
    /**
     * @param i which operand
     * @param columns those of its elements
     * @param factors elements of the other operand; null when they are not known
     */
    int[][] through(int i, int[][] columns, double[] factors) {
        boolean mayVanish = factors != null && Arrays.stream(factors).anyMatch(factor -> factor == 0);
        return mayVanish ? whereNonzero(i, columns, factors) : everywhere(i, columns);
    }

    private String labels(int i) {
        return i == 0 ? op.lhs() : op.rhs();
    }

    private Shape shape(int i) {
        return value.operands().get(i).shape();
    }

    /** Sums over the labels that disappear, repeated along those that the other operand brings: sets stay shared. */
    private int[][] everywhere(int i, int[][] columns) {
        StringBuilder kept = new StringBuilder();
        List<Integer> dims = new ArrayList<>();
        for (int axis = 0; axis < labels(i).length(); axis++) {
            char label = labels(i).charAt(axis);
            if (op.out().indexOf(label) >= 0) {
                kept.append(label);
                dims.add(shape(i).dim(axis));
            }
        }
        Shape reduced = new Shape(dims);
        int[] targets = Positions.labelled(labels(i), shape(i), kept.toString(), reduced)
                .all();
        int[][] sums = Dependence.put(columns, targets, Math.toIntExact(reduced.size()), sets);
        int[] sources = Positions.labelled(op.out(), value.shape(), kept.toString(), reduced)
                .all();
        return Dependence.taken(sums, sources);
    }

    /** Product by product. */
    private int[][] whereNonzero(int i, int[][] columns, double[] factors) {
        StringBuilder summed = new StringBuilder();
        List<Integer> dims = new ArrayList<>();
        for (int axis = 0; axis < op.lhs().length(); axis++) {
            if (op.out().indexOf(op.lhs().charAt(axis)) < 0) {
                summed.append(op.lhs().charAt(axis));
                dims.add(shape(0).dim(axis));
            }
        }
        Shape sum = new Shape(dims);
        int[] own = positions(op.out(), value.shape(), i);
        int[] other = positions(op.out(), value.shape(), 1 - i);
        int[] ownTerms = positions(summed.toString(), sum, i);
        int[] otherTerms = positions(summed.toString(), sum, 1 - i);
        int[][] sums = new int[own.length][];
        for (int k = 0; k < sums.length; k++) {
            sets.begin();
            for (int term = 0; term < ownTerms.length; term++) {
                if (factors[other[k] + otherTerms[term]] != 0) {
                    sets.add(columns[own[k] + ownTerms[term]]);
                }
            }
            sums[k] = sets.end();
        }
        return sums;
    }

    private int[] positions(String labels, Shape indices, int i) {
        return Positions.labelled(labels, indices, labels(i), shape(i)).all();
    }
}
