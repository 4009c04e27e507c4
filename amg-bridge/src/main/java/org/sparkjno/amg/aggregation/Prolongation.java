// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.aggregation;

/** How the tentative interpolation is made smooth. Immutable. */
public sealed interface Prolongation {
    /** The least energy that four steps find, over aggregates with a strong coupling. */
    static Prolongation minimalEnergy() {
        return new MinimalEnergy(1, 4);
    }

    /** One damped Jacobi step with the filtered matrix: cheap, and as good as any where couplings follow the grid. */
    record Jacobi() implements Prolongation {}

    /**
     * Least energy among all interpolations of a pattern that give the near-null vectors back. Better for elastic bodies, and
     * where the strong direction of an anisotropy lies between those of the grid, there with a strength of 0.6; dearer to set
     * up.
     *
     * <p>L. N. Olson, J. B. Schroder and R. S. Tuminaro, "A general interpolation strategy for algebraic multigrid using energy
     * minimization", SIAM J. Sci. Comput. 33, 2011.
     *
     * @param reach strong couplings between an unknown and the aggregates that it is interpolated from, at least 1
     * @param steps of the minimisation, at least 1
     */
    record MinimalEnergy(int reach, int steps) implements Prolongation {
        public MinimalEnergy {
            if (reach < 1 || steps < 1) {
                throw new IllegalArgumentException(
                        "Reach and steps of an energy minimisation must be positive, but are " + reach + " and " + steps
                                + ".");
            }
        }
    }
}
