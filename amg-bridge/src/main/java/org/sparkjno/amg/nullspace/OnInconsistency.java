// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.nullspace;

/** What a solver does with a right-hand side outside the range of a singular matrix. */
public enum OnInconsistency {
    /** Solve for its projection onto the range, which gives the least-squares solution, and report what was removed. */
    PROJECT,
    /**
     * Leave the initial guess and report {@link org.sparkjno.amg.krylov.SolveReport.Status#INCONSISTENT}; the residual of
     * the report is the least that any solution leaves.
     */
    REFUSE
}
