// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import java.util.List;

/** A solve that did not reach its tolerance, with its report. */
public final class SolveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<SolveReport> reports;

    public SolveException(String message, List<SolveReport> reports) {
        super(message);
        this.reports = List.copyOf(reports);
    }

    /** One report per right-hand side; null if this exception came from another JVM. */
    public List<SolveReport> reports() {
        return reports;
    }

    /** The report of the first right-hand side that failed; null if this exception came from another JVM. */
    public SolveReport report() {
        return reports == null ? null : SolveReport.firstFailure(reports).orElse(reports.get(0));
    }
}
