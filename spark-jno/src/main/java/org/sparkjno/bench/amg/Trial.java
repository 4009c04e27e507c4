// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench.amg;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.krylov.OnFailure;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.solve.PreparedSystem;
import org.sparkjno.amg.solve.Solver;

/**
 * A problem of the gallery with what is asked of the solver that chooses by itself; right-hand sides are all ones.
 *
 * @param name with its size
 * @param bars one of which must be reached
 * @param subject assembled when needed
 */
public record Trial(String name, List<Bar> bars, Supplier<Subject> subject) {
    /**
     * A matrix, and a solver that knows what only the user can know of it.
     *
     * @param matrix square
     * @param solver with coordinates where the problem has any
     */
    record Subject(CsrMatrix matrix, Solver solver) {}

    /**
     * How a trial ended.
     *
     * @param name of the problem
     * @param unknowns of the system
     * @param iterations of the way that solved it
     * @param complexity entries of all levels over those of the matrix; 1 where there are no levels
     * @param levels of the hierarchy, or 1
     * @param residual true, relative
     * @param converged whether the residual is small enough
     * @param reason what was chosen, and why
     * @param notes on ways that were tried before and failed
     * @param bars one of which was to be reached
     */
    public record Result(
            String name,
            int unknowns,
            int iterations,
            double complexity,
            int levels,
            double residual,
            boolean converged,
            String reason,
            List<String> notes,
            List<Bar> bars) {
        public Result {
            notes = List.copyOf(notes);
            bars = List.copyOf(bars);
        }

        /** Whether the first choice converged within one of the bars. */
        public boolean reached() {
            return converged && notes.isEmpty() && bars.stream().anyMatch(bar -> bar.reached(iterations, complexity));
        }
    }

    Result run() {
        Subject system = subject.get();
        double[] b = new double[system.matrix().rows()];
        double[] x = new double[b.length];
        Arrays.fill(b, 1);
        PreparedSystem prepared = system.solver().onFailure(OnFailure.RETURN).prepare(system.matrix());
        SolveReport report = prepared.solve(b, x, 1, false).get(0);
        return new Result(
                name,
                b.length,
                report.iterations(),
                prepared.hierarchy().map(Hierarchy::operatorComplexity).orElse(1.0),
                prepared.hierarchy().map(hierarchy -> hierarchy.levels().size()).orElse(1),
                report.residual(),
                report.converged(),
                prepared.reason(),
                report.notes(),
                bars);
    }
}
