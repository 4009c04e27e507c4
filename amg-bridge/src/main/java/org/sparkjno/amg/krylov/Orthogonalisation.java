// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

/** How a new vector is made orthogonal to a Krylov basis. */
public enum Orthogonalisation {
    /** One projection after the other: as many reductions as basis vectors. */
    MODIFIED_GRAM_SCHMIDT,
    /** All projections at once, twice: two reductions, orthogonal to rounding (Giraud, Langou, Rozložník 2005). */
    CLASSICAL_TWICE
}
