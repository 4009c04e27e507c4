// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import org.sparkjno.kernels.graph.Value;

/**
 * A commutative algebra of one and nilpotent elements, in which a computation carries exactly the derivatives wanted: a
 * Weil algebra, A. Kock, "Synthetic Differential Geometry", 1981; M. Betancourt, "A Geometric Theory of Higher-Order
 * Automatic Differentiation", 2018.
 *
 * <p>Its elements are monomials of the coordinates, whose coefficients are those of the Taylor polynomial, and quadratic
 * forms {@code q = ½ Σ a_ij ∂_i ∂_j}, each carried as one coefficient: {@code e_i · e_j = a_ij q}. The latter is the
 * "forward Laplacian", R. Li et al., "A computational framework for neural network-based variational Monte Carlo with
 * Forward Laplacian", 2024; F. Dangel, T. Siebert, M. Zeinhofer, A. Walther, "Collapsing Taylor Mode Automatic
 * Differentiation", 2025.
 *
 * <p>Elements are numbered from 0, factors before their products; one itself is not counted.
 */
final class JetAlgebra {
    /** {@code left · right} holds {@code factor · result}. */
    private record Product(int left, int right, int result, double factor) {}

    private final List<Monomial> monomials;
    private final List<SortedMap<Monomial, Double>> forms;
    private final List<Product> products = new ArrayList<>();

    private JetAlgebra(SortedSet<Monomial> monomials, List<SortedMap<Monomial, Double>> forms) {
        this.monomials = List.copyOf(monomials);
        this.forms = List.copyOf(forms);
        multiplyMonomials();
        for (int i = 0; i < forms.size(); i++) {
            multiplyInto(monomials.size() + i, forms.get(i));
        }
    }

    /**
     * The smallest algebra that carries some operators. The second derivatives of an operator are carried as one form
     * where at least two of them are of no other use.
     */
    static JetAlgebra of(Collection<DifferentialOperator> operators) {
        SortedSet<Monomial> carried = new TreeSet<>();
        for (DifferentialOperator operator : operators) {
            operator.terms().keySet().stream()
                    .filter(term -> term.degree() != 2)
                    .forEach(term -> addWithParents(term, carried));
        }
        int before;
        do {
            before = carried.size();
            for (DifferentialOperator operator : operators) {
                SortedMap<Monomial, Double> form = form(operator, carried);
                if (form.size() == 1) {
                    addWithParents(form.firstKey(), carried);
                } else {
                    form.keySet().forEach(term -> term.parents().forEach(parent -> addWithParents(parent, carried)));
                }
            }
        } while (carried.size() > before);
        List<SortedMap<Monomial, Double>> forms = operators.stream()
                .map(operator -> form(operator, carried))
                .filter(form -> !form.isEmpty())
                .distinct()
                .toList();
        return new JetAlgebra(carried, forms);
    }

    /** The second derivatives of an operator that no monomial carries. */
    private static SortedMap<Monomial, Double> form(DifferentialOperator operator, SortedSet<Monomial> carried) {
        SortedMap<Monomial, Double> form = new TreeMap<>(operator.terms());
        form.keySet().removeIf(term -> term.degree() != 2 || carried.contains(term));
        return form;
    }

    private static void addWithParents(Monomial monomial, SortedSet<Monomial> set) {
        if (monomial.degree() > 0 && set.add(monomial)) {
            monomial.parents().forEach(parent -> addWithParents(parent, set));
        }
    }

    private void multiplyMonomials() {
        for (int i = 0; i < monomials.size(); i++) {
            for (int j = 0; j < monomials.size(); j++) {
                int result = monomials.indexOf(monomials.get(i).times(monomials.get(j)));
                if (result >= 0) {
                    products.add(new Product(i, j, result, 1));
                }
            }
        }
    }

    private void multiplyInto(int result, Map<Monomial, Double> form) {
        form.forEach((term, weight) -> {
            List<Monomial> parents = term.parents();
            int left = monomials.indexOf(parents.get(0));
            if (parents.size() == 1) {
                products.add(new Product(left, left, result, weight));
            } else {
                int right = monomials.indexOf(parents.get(1));
                products.add(new Product(left, right, result, weight / 2));
                products.add(new Product(right, left, result, weight / 2));
            }
        });
    }

    /** Number of elements other than one. */
    int size() {
        return monomials.size() + forms.size();
    }

    /** The element of a coordinate; negative when no operator differentiates in it. */
    int coordinate(int number) {
        return monomials.indexOf(new Monomial(List.of(number)));
    }

    /** A combination of elements times an element. */
    Map<Integer, Double> times(Map<Integer, Double> combination, int element) {
        SortedMap<Integer, Double> sums = new TreeMap<>();
        for (Product product : products) {
            Double weight = combination.get(product.left);
            if (weight != null && product.right == element) {
                sums.merge(product.result, weight * product.factor, Double::sum);
            }
        }
        return sums;
    }

    /** The product of two jets in which the product of two coefficients is {@code times}. */
    Jet product(Jet a, Jet b, BinaryOperator<Value> times) {
        SortedMap<Integer, Value> sums = new TreeMap<>();
        for (Product product : products) {
            Value left = a.coefficient(product.left);
            Value right = b.coefficient(product.right);
            if (left != null && right != null) {
                sums.merge(product.result, scaled(times.apply(left, right), product.factor), Linearisation::sum);
            }
        }
        return new Jet(sums);
    }

    /** The product of a jet with itself, element by element: every mixed product is formed once. */
    Jet square(Jet a) {
        SortedMap<Integer, Value> sums = new TreeMap<>();
        for (Product product : products) {
            Value left = a.coefficient(product.left);
            Value right = a.coefficient(product.right);
            if (left != null && right != null && product.left <= product.right) {
                double factor = product.left == product.right ? product.factor : 2 * product.factor;
                sums.merge(product.result, scaled(left.times(right), factor), Linearisation::sum);
            }
        }
        return new Jet(sums);
    }

    /**
     * The jet of a quotient {@code y = a/b}, from {@code y·b = a} element by element in order of degree.
     *
     * @param quotient the value of {@code y}
     * @param divisor the value of {@code b}
     */
    Jet quotient(Value quotient, Jet a, Value divisor, Jet b) {
        SortedMap<Integer, Value> result = new TreeMap<>();
        for (int element = 0; element < size(); element++) {
            Value missing = a.coefficient(element);
            Value slope = b.coefficient(element);
            if (slope != null) {
                missing = Linearisation.difference(missing, quotient.times(slope));
            }
            for (Product product : products) {
                Value left = result.get(product.left);
                Value right = b.coefficient(product.right);
                if (product.result == element && left != null && right != null) {
                    missing = Linearisation.difference(missing, scaled(left.times(right), product.factor));
                }
            }
            if (missing != null) {
                result.put(element, missing.div(divisor));
            }
        }
        return new Jet(result);
    }

    /** An operator applied to a value with a jet; null where that is zero. */
    Value read(DifferentialOperator operator, Value value, Jet jet) {
        SortedMap<Monomial, Double> rest = new TreeMap<>(operator.terms());
        Value total = null;
        for (int i = 0; i < monomials.size(); i++) {
            Monomial monomial = monomials.get(i);
            Double weight = rest.remove(monomial);
            if (weight != null) {
                total = plusScaled(total, jet.coefficient(i), weight * monomial.factorial());
            }
        }
        Double identity = rest.remove(new Monomial(List.of()));
        if (identity != null) {
            total = plusScaled(total, value, identity);
        }
        return rest.isEmpty() ? total : plusScaled(total, jet.coefficient(monomials.size() + forms.indexOf(rest)), 2);
    }

    private static Value plusScaled(Value total, Value value, double factor) {
        return value == null ? total : Linearisation.sum(total, scaled(value, factor));
    }

    static Value scaled(Value value, double factor) {
        return factor == 1 ? value : value.times(factor);
    }
}
