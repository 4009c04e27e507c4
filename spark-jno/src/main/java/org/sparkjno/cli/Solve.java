// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkjno.amg.format.MatrixFile;
import org.sparkjno.amg.format.StoredVectors;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.krylov.StoppingCriterion;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.solve.PreparedSystem;
import org.sparkjno.amg.solve.Solver;
import org.sparkjno.plot.ConvergencePicture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jno solve}: a sparse linear system out of files. */
@Command(
        name = "solve",
        description =
                "Solves a sparse linear system A x = b. Files are Matrix Market (.mtx, .mtx.gz), SciPy sparse (.npz) or"
                        + " NumPy (.npy). Preconditioner and method are chosen by the matrix where nothing is set. Succeeds only if"
                        + " the true residual ||b - A x|| / ||b||, computed anew from the files, meets the tolerance.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  jno solve A.mtx --rhs b.mtx --out x.mtx --plot convergence.png"})
final class Solve extends Task {
    @Parameters(paramLabel = "A", description = "The square matrix.")
    private Path matrix;

    @Option(names = "--rhs", paramLabel = "FILE", description = "Right-hand sides, one per column (default: ones).")
    private Path rhs;

    @Option(
            names = "--nullspace",
            paramLabel = "FILE",
            description = "Vectors that the matrix maps to zero, one per column (default: constants are looked for).")
    private Path nullspace;

    @Option(
            names = "--left-nullspace",
            paramLabel = "FILE",
            description = "The same of the transposed matrix, where the matrix is not symmetric.")
    private Path leftNullspace;

    @Option(
            names = "--coordinates",
            paramLabel = "FILE",
            description =
                    "Coordinates of the nodes of an elastic body, one row per node, for the multigrid method to know"
                            + " its rigid motions.")
    private Path coordinates;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Solver settings as JSON, ours or those of AmgX; see docs/solvers.md.")
    private Path config;

    @Option(names = "--tol", paramLabel = "T", description = "Relative residual to reach (default: 1e-8).")
    private Double tolerance;

    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: 1).")
    private Integer threads;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the solution is written (.mtx).")
    private Path out;

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description = "Where a picture of the convergence is written (.png).")
    private Path plot;

    @Override
    Outcome execute() throws Exception {
        if (out != null && !out.toString().endsWith(".mtx")) {
            throw new IllegalArgumentException(
                    "Solutions are written as Matrix Market, so the name in --out must end with .mtx, but is " + out
                            + ".");
        }
        try {
            return solve();
        } catch (OutOfMemoryError e) {
            throw new IllegalStateException(
                    "The system in " + matrix + " needs more memory than the "
                            + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MiB that Java may take; allow it more, for example by JAVA_TOOL_OPTIONS=-Xmx16g.",
                    e);
        }
    }

    private Outcome solve() throws IOException {
        SystemFiles files = SystemFiles.read(matrix);
        StoredVectors right = files.rightHandSides(rhs);
        Solver solver = solver(files);
        CsrMatrix a = files.stored().matrix();
        double[] x = new double[right.values().length];
        long start = System.nanoTime();
        PreparedSystem system = solver.prepare(a);
        long prepared = System.nanoTime();
        PreparedSystem.Answer answer = system.answer(right.values(), x, right.width(), false);
        long solved = System.nanoTime();
        StoppingCriterion criterion = solver.settings().criterion();
        Residuals residuals = Residuals.of(a, right, x);
        Solved found = new Solved(
                system,
                answer,
                residuals.largestRelative(),
                Residuals.wanted(criterion),
                residuals.meet(criterion),
                (prepared - start) * 1e-9,
                (solved - prepared) * 1e-9);
        write(new StoredVectors(right.rows(), right.width(), x, right.complex()), answer.reports());
        return outcome(found, a);
    }

    private Solver solver(SystemFiles files) throws IOException {
        Solver solver = config == null
                ? Solver.auto()
                : SettingsFile.read(config, console()).solver();
        if (tolerance != null) {
            solver = solver.tolerance(tolerance);
        }
        if (threads != null) {
            solver = solver.threads(threads);
        }
        solver = files.nullSpaces(nullspace, leftNullspace)
                .map(solver::nullSpaces)
                .orElse(solver);
        if (coordinates != null) {
            SystemFiles.RigidBody body = files.rigidBody(coordinates);
            solver = solver.blockSize(body.dimensions()).nearNullSpace(body.motions());
        }
        return solver;
    }

    private void write(StoredVectors solution, List<SolveReport> reports) throws IOException {
        if (out != null) {
            MatrixFile.write(solution, out);
        }
        if (plot != null) {
            ConvergencePicture picture =
                    new ConvergencePicture(matrix.getFileName().toString());
            for (int j = 0; j < reports.size(); j++) {
                SolveReport report = reports.get(j);
                picture.curve("right-hand side " + (j + 1), report.history(), report.iterations());
            }
            picture.write(plot);
        }
    }

    private Outcome outcome(Solved found, CsrMatrix a) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("metrics", found.metrics());
        fields.put("notes", found.notes());
        Optional<String> failure = found.failure();
        failure.ifPresent(sentence -> {
            fields.put("error", sentence);
            console().println("jno solve: " + sentence);
        });
        String text = String.format("%-10s  %s: %s%n%s", "matrix", matrix, a, found.text());
        String written = out == null ? "" : String.format("%n%-10s  %s", "solution", out);
        return new Outcome(fields, text + written, found.converged());
    }
}
