// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

/** A solve that did not reach its tolerance, with its report. */
public final class SolveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SolveReport report;

    public SolveException(String message, SolveReport report) {
        super(message);
        this.report = report;
    }

    /** The report of the solve; null if this exception came from another JVM. */
    public SolveReport report() {
        return report;
    }
}
