// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A product of coordinates, standing for the partial derivative in them: {@code [0,0,1]} is {@code ∂³/∂x₀²∂x₁}.
 *
 * @param factors coordinates in increasing order, each as often as it occurs
 */
record Monomial(List<Integer> factors) implements Comparable<Monomial>, Serializable {
    private static final long serialVersionUID = 1L;

    private static final Comparator<Monomial> ORDER =
            Comparator.comparingInt(Monomial::degree).thenComparing(monomial -> monomial.factors.toString());

    Monomial {
        factors = factors.stream().sorted().toList();
    }

    int degree() {
        return factors.size();
    }

    /** The product {@code α!} of the factorials of its exponents: the derivative is this times the Taylor coefficient. */
    double factorial() {
        double factorial = 1;
        int run = 0;
        for (int i = 0; i < factors.size(); i++) {
            run = i > 0 && factors.get(i).equals(factors.get(i - 1)) ? run + 1 : 1;
            factorial *= run;
        }
        return factorial;
    }

    Monomial times(Monomial other) {
        List<Integer> all = new ArrayList<>(factors);
        all.addAll(other.factors);
        return new Monomial(all);
    }

    /** What times {@code divisor} gives this monomial; empty when there is none. */
    Optional<Monomial> over(Monomial divisor) {
        List<Integer> rest = new ArrayList<>(factors);
        for (Integer factor : divisor.factors) {
            if (!rest.remove(factor)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Monomial(rest));
    }

    /** This monomial without one of its factors, for each of them. */
    List<Monomial> parents() {
        return factors.stream()
                .distinct()
                .map(factor -> over(new Monomial(List.of(factor))).orElseThrow())
                .toList();
    }

    /** By degree, then by coordinates. */
    @Override
    public int compareTo(Monomial other) {
        return ORDER.compare(this, other);
    }
}
