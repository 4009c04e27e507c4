// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/**
 * A linear differential operator with constant coefficients: a weighted sum of partial derivatives in numbered
 * coordinates. The heat operator in two dimensions, with time as coordinate 2, is
 *
 * <pre>{@code partial(2).minus(laplacian(0, 1).times(conductivity))}</pre>
 */
public final class DifferentialOperator implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeMap<Monomial, Double> terms;

    private DifferentialOperator(Map<Monomial, Double> terms) {
        this.terms = new TreeMap<>(terms);
        this.terms.values().removeIf(weight -> weight == 0);
    }

    /**
     * A partial derivative, {@code partial(0, 0, 1)} being {@code ∂³/∂x₀²∂x₁}; without coordinates the identity.
     *
     * @param coordinates numbers from 0, in any order, each as often as it is differentiated to
     * @throws IllegalArgumentException when a number is negative
     */
    public static DifferentialOperator partial(int... coordinates) {
        for (int coordinate : coordinates) {
            if (coordinate < 0) {
                throw new IllegalArgumentException("Coordinates are numbered from 0, but a derivative in coordinate "
                        + coordinate + " was asked for.");
            }
        }
        return new DifferentialOperator(
                Map.of(new Monomial(Arrays.stream(coordinates).boxed().toList()), 1.0));
    }

    /**
     * The sum of the unmixed second derivatives.
     *
     * @param coordinates numbers from 0
     */
    public static DifferentialOperator laplacian(int... coordinates) {
        DifferentialOperator sum = new DifferentialOperator(Map.of());
        for (int coordinate : coordinates) {
            sum = sum.plus(partial(coordinate, coordinate));
        }
        return sum;
    }

    /**
     * The second-order operator {@code Σ a_ij ∂_i ∂_j}, as of anisotropic diffusion.
     *
     * @param a weights, one row per coordinate
     */
    public static DifferentialOperator secondOrder(double[][] a) {
        DifferentialOperator sum = new DifferentialOperator(Map.of());
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[i].length; j++) {
                sum = sum.plus(partial(i, j).times(a[i][j]));
            }
        }
        return sum;
    }

    /** The sum of two operators. */
    public DifferentialOperator plus(DifferentialOperator other) {
        SortedMap<Monomial, Double> sum = new TreeMap<>(terms);
        other.terms.forEach((monomial, weight) -> sum.merge(monomial, weight, Double::sum));
        return new DifferentialOperator(sum);
    }

    /** The difference of two operators. */
    public DifferentialOperator minus(DifferentialOperator other) {
        return plus(other.times(-1));
    }

    /** This operator times a number. */
    public DifferentialOperator times(double factor) {
        SortedMap<Monomial, Double> scaled = new TreeMap<>();
        terms.forEach((monomial, weight) -> scaled.put(monomial, factor * weight));
        return new DifferentialOperator(scaled);
    }

    /**
     * The same operator in coordinates with other numbers.
     *
     * @param numbers the new number of each coordinate
     */
    public DifferentialOperator renumbered(IntUnaryOperator numbers) {
        DifferentialOperator sum = new DifferentialOperator(Map.of());
        for (Map.Entry<Monomial, Double> term : terms.entrySet()) {
            int[] factors = term.getKey().factors().stream()
                    .mapToInt(Integer::intValue)
                    .map(numbers)
                    .toArray();
            sum = sum.plus(partial(factors).times(term.getValue()));
        }
        return sum;
    }

    /** The partial derivatives it sums, each as the sorted numbers of its coordinates, with their weights. */
    public Map<List<Integer>, Double> partials() {
        Map<List<Integer>, Double> partials = new LinkedHashMap<>();
        terms.forEach((monomial, weight) -> partials.put(monomial.factors(), weight));
        return partials;
    }

    /** Weights of the partial derivatives, none of them zero. */
    SortedMap<Monomial, Double> terms() {
        return Collections.unmodifiableSortedMap(terms);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DifferentialOperator that && terms.equals(that.terms);
    }

    @Override
    public int hashCode() {
        return terms.hashCode();
    }

    /** The weighted partial derivatives, such as {@code 1.0·∂[0, 0] + 1.0·∂[1, 1]}. */
    @Override
    public String toString() {
        return terms.entrySet().stream()
                .map(term -> term.getValue() + "·∂" + term.getKey().factors())
                .reduce((a, b) -> a + " + " + b)
                .orElse("0");
    }
}
