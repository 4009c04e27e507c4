// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

/** What a solver does when it does not reach its tolerance. */
public enum OnFailure {
    /** Throw a {@link SolveException}: nobody computes on with a wrong solution unawares. */
    THROW,
    /** Log a warning and return the report. */
    WARN,
    /** Return the report; the caller looks at its status. */
    RETURN
}
