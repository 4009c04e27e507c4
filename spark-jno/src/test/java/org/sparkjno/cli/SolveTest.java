// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkjno.amg.format.MatrixFile;
import org.sparkjno.amg.format.StoredMatrix;
import org.sparkjno.amg.format.StoredVectors;
import org.sparkjno.amg.gallery.Composites;
import org.sparkjno.amg.gallery.Elasticity;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;

/** Systems in files are solved to the true residual, and what is wrong with them is one sentence and status 1. */
final class SolveTest {
    @TempDir
    private Path directory;

    private int status;
    private String out;
    private String err;

    @BeforeEach
    void writeLaplacian() throws IOException {
        write("A.mtx", Stencils.laplacian(40, 1, 1));
    }

    @Test
    void everythingAskedForIsThere() throws IOException {
        CsrMatrix a = Stencils.laplacian(40, 1, 1);
        double[] b = new double[2 * a.rows()];
        Arrays.setAll(b, k -> Math.sin(k));
        MatrixFile.write(new StoredVectors(a.rows(), 2, b, false), file("b.mtx"));
        JsonNode report =
                solve("A.mtx", "--rhs", "b.mtx", "--out", "x.mtx", "--plot", "c.png", "--tol", "1e-10", "--json");
        assertThat(status).as(err).isZero();
        JsonNode metrics = report.get("metrics");
        assertThat(report.get("status").asText()).isEqualTo("ok");
        assertThat(metrics.get("converged").asBoolean()).isTrue();
        assertThat(metrics.get("iterations").asInt()).isBetween(3, 20);
        assertThat(metrics.get("relative_residual").asDouble()).isLessThan(1e-10);
        assertThat(metrics.get("levels").asInt()).isGreaterThan(1);
        assertThat(metrics.get("operator_complexity").asDouble()).isBetween(1.1, 2.0);
        assertThat(metrics.get("grid_complexity").asDouble()).isBetween(1.05, 1.5);
        assertThat(metrics.get("setup_seconds").asDouble()).isPositive();
        assertThat(metrics.get("solve_seconds").asDouble()).isPositive();
        assertThat(metrics.get("method").asText()).isEqualTo("Conjugate gradients with smoothed aggregation multigrid");
        assertThat(metrics.get("reason").asText()).contains("symmetric");

        StoredVectors x = MatrixFile.vectors(file("x.mtx"));
        double[] r = new double[a.rows()];
        a.residual(MatrixFile.vectors(file("b.mtx")).vector(1), x.vector(1), r);
        assertThat(Arrays.stream(r).map(Math::abs).max().orElse(1)).isLessThan(1e-8);
        assertThat(ImageIO.read(file("c.png").toFile()).getWidth()).isEqualTo(800);
    }

    @Test
    void forPeopleToo() {
        solve("A.mtx", "--threads", "2");
        assertThat(status).isZero();
        assertThat(err).isEmpty();
        assertThat(out)
                .contains("1600 x 1600 matrix", "operator complexity", "iterations", "true and relative", "set-up");
    }

    @Test
    void settingsOfOursAndOfAmgx() throws IOException {
        Files.writeString(
                file("ours.json"), "{\"preconditioner\": \"classical\", \"method\": \"cg\", \"tolerance\": 1e-6}");
        JsonNode ours = solve("A.mtx", "--config", "ours.json", "--json");
        assertThat(status).as(err).isZero();
        assertThat(ours.get("metrics").get("method").asText())
                .isEqualTo("Conjugate gradients with classical multigrid");
        Files.writeString(
                file("amgx.json"),
                "{\"config_version\": 2, \"solver\": {\"solver\": \"FGMRES\", \"print_solve_stats\": 1, \"convergence\":"
                        + " \"RELATIVE_INI\", \"tolerance\": 1e-9, \"preconditioner\": {\"solver\": \"AMG\","
                        + " \"algorithm\": \"AGGREGATION\", \"selector\": \"SIZE_2\"}}}");
        JsonNode amgx = solve("A.mtx", "--config", "amgx.json", "--json");
        assertThat(status).as(err).isZero();
        assertThat(amgx.get("metrics").get("relative_residual").asDouble()).isLessThan(1e-9);
        assertThat(amgx.get("metrics").get("method").asText()).startsWith("FGMRES(30)");
        assertThat(err).contains("[amgx] ignored: config_version, print_solve_stats", "[amgx] selector SIZE_2");
    }

    @Test
    void anElasticBodyNeedsItsCoordinates() throws IOException {
        Elasticity beam = Elasticity.beam(4);
        write("A.mtx", beam.matrix());
        MatrixFile.write(
                new StoredVectors(beam.coordinates().length / 3, 3, beam.coordinates(), false), file("xyz.mtx"));
        JsonNode report = solve("A.mtx", "--coordinates", "xyz.mtx", "--json");
        assertThat(status).as(err).isZero();
        assertThat(report.get("metrics").get("iterations").asInt()).isLessThan(25);
        MatrixFile.write(new StoredVectors(5, 3, new double[15], false), file("few.mtx"));
        solve("A.mtx", "--coordinates", "few.mtx");
        assertSentence("few.mtx holds 5 nodes in 3 dimensions", "15 displacements");
    }

    @Test
    void singularSystems() throws IOException {
        CsrMatrix a = ring(1500);
        write("A.mtx", a);
        double[] b = new double[a.rows()];
        b[0] = 1;
        b[700] = -1;
        MatrixFile.write(new StoredVectors(b.length, 1, b, false), file("b.mtx"));
        double[] ones = new double[b.length];
        Arrays.fill(ones, 1);
        MatrixFile.write(new StoredVectors(b.length, 1, ones, false), file("n.mtx"));
        solve("A.mtx", "--rhs", "b.mtx", "--nullspace", "n.mtx", "--out", "x.mtx");
        assertThat(status).as(err).isZero();
        assertThat(Arrays.stream(MatrixFile.vectors(file("x.mtx")).values()).sum())
                .isBetween(-1e-6, 1e-6);
        solve("A.mtx", "--rhs", "b.mtx");
        assertThat(status).as(err).isZero();
        assertThat(out).contains("was not declared");

        JsonNode inconsistent = solve("A.mtx", "--json");
        assertThat(status).isEqualTo(1);
        assertThat(inconsistent.get("metrics").get("converged").asBoolean()).isFalse();
        assertThat(inconsistent.get("metrics").get("relative_residual").asDouble())
                .isGreaterThan(0.9);
        assertThat(err.lines()).singleElement().asString().contains("singular", "outside its range");
        MatrixFile.write(new StoredVectors(b.length, 1, b, false), file("n.mtx"));
        solve("A.mtx", "--rhs", "b.mtx", "--nullspace", "n.mtx");
        assertSentence("Declare the vectors that A maps to zero");
    }

    @Test
    void complexSystems() throws IOException {
        CsrMatrix laplacian = Stencils.laplacian(12, 1, 1);
        CsrMatrix real = Composites.realForm(laplacian, CsrMatrix.identity(laplacian.rows()));
        MatrixFile.write(new StoredMatrix(real, true), file("A.mtx"));
        solve("A.mtx", "--out", "x.mtx");
        assertThat(status).as(err).isZero();
        StoredVectors x = MatrixFile.vectors(file("x.mtx"));
        assertThat(x.complex()).isTrue();
        double[] image = new double[real.rows()];
        real.multiply(x.values(), image);
        assertThat(image[0]).isBetween(1 - 1e-6, 1 + 1e-6);
        assertThat(image[1]).isBetween(-1e-6, 1e-6);
    }

    /** Conjugate gradients meet a negative direction; a factorisation does not mind. */
    @Test
    void theMethodNamedIsTheOneThatSolved() throws IOException {
        CsrMatrix a = Stencils.laplacian(60, 1, 1);
        double[] values = a.values().clone();
        for (int k = 0; k < values.length; k++) {
            values[k] -= values[k] > 0 ? 3.3 : 0;
        }
        write("A.mtx", CsrMatrix.of(a.pattern(), values));
        JsonNode report = solve("A.mtx", "--json");
        assertThat(status).as(err).isZero();
        assertThat(report.get("metrics").get("method").asText()).isEqualTo("GMRES(30) with direct factorisation");
        assertThat(report.get("notes").toString()).contains("INDEFINITE");
        Files.writeString(file("c.json"), "{\"preconditioner\": \"saddle_point\"}");
        solve("A.mtx", "--config", "c.json");
        assertSentence("no way to solve", "block substitution", "take another preconditioner");
    }

    @Test
    void aToleranceOutOfReachFails() {
        JsonNode report = solve("A.mtx", "--tol", "1e-30", "--json");
        assertThat(status).isEqualTo(1);
        assertThat(report.get("status").asText()).isEqualTo("failed");
        assertThat(report.get("metrics").get("converged").asBoolean()).isFalse();
        assertThat(err.lines())
                .singleElement()
                .asString()
                .contains("true relative residual", "a relative residual of 1.0e-30 was asked for");
    }

    @Test
    void badMatrices() throws IOException {
        solve("none.mtx");
        assertSentence("There is no file", "none.mtx");
        Files.writeString(file("text.mtx"), "nonsense");
        solve("text.mtx");
        assertSentence("text.mtx, line 1", "Matrix Market");
        Files.writeString(file("wide.mtx"), "%%MatrixMarket matrix coordinate real general\n2 3 1\n1 1 1\n");
        solve("wide.mtx");
        assertSentence("wide.mtx is 2 x 3", "square");
        Files.writeString(file("nan.mtx"), "%%MatrixMarket matrix coordinate real general\n1 1 1\n1 1 nan\n");
        solve("nan.mtx");
        assertSentence("nan.mtx, line 3", "finite number");
        Files.writeString(file("zero.mtx"), "%%MatrixMarket matrix coordinate real general\n3 3 2\n1 1 1\n3 3 2\n");
        solve("zero.mtx");
        assertSentence("Row 1", "is zero", "singular");
        Files.writeString(file("many.mtx"), "%%MatrixMarket matrix coordinate real general\n3 3 4000000000\n");
        solve("many.mtx");
        assertSentence("many.mtx, line 2", "4000000000 entries");
        Files.writeString(file("a.npz"), "nonsense");
        solve("a.npz");
        assertSentence("a.npz is no archive");
    }

    @Test
    void badVectorsAndSettings() throws IOException {
        MatrixFile.write(new StoredVectors(3, 1, new double[3], false), file("b.mtx"));
        solve("A.mtx", "--rhs", "b.mtx");
        assertSentence("right-hand side in", "1 vector of 3 components", "1600 rows");
        MatrixFile.write(new StoredVectors(3200, 1, new double[3200], true), file("b.mtx"));
        solve("A.mtx", "--rhs", "b.mtx");
        assertSentence("is complex", "is real");
        Files.writeString(file("c.json"), "{\"tolerence\": 1}");
        solve("A.mtx", "--config", "c.json");
        assertSentence("c.json: There is no setting 'tolerence'; did you mean 'tolerance'?");
        Files.writeString(file("c.json"), "{\"tolerance\": 1e-3,\n \"tolerance\": 1e-4}");
        solve("A.mtx", "--config", "c.json");
        assertSentence("c.json, line 2", "Duplicate");
        Files.writeString(file("c.json"), "[1]");
        solve("A.mtx", "--config", "c.json");
        assertSentence("c.json, line 1", "no JSON object");
        Files.writeString(file("c.json"), "{\"method\": \"cg\", \"symmetric\": true}");
        write(
                "U.mtx",
                new CsrAssembler(2, 2, 3).add(0, 0, 1).add(0, 1, 1).add(1, 1, 1).assemble());
        solve("U.mtx", "--config", "c.json");
        assertSentence("declared symmetric, but it is not");
        solve("A.mtx", "--out", "x.npy");
        assertSentence("must end with .mtx", "x.npy");
        solve("A.mtx", "--out", "A.mtx/x.mtx");
        assertSentence("Could not write");
        solve("A.mtx", "--tol", "2");
        assertSentence("relative tolerance must lie between 0 and 1");
    }

    /** A periodic chain: singular, with constants as null space. */
    private static CsrMatrix ring(int points) {
        CsrAssembler assembler = new CsrAssembler(points, points, 3 * points);
        for (int i = 0; i < points; i++) {
            assembler.add(i, i, 2).add(i, (i + 1) % points, -1).add(i, (i + points - 1) % points, -1);
        }
        return assembler.assemble();
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private void write(String name, CsrMatrix matrix) throws IOException {
        MatrixFile.write(new StoredMatrix(matrix, false), file(name));
    }

    /** Runs the command on files of the directory; null unless it printed JSON. */
    private JsonNode solve(String... words) {
        String[] arguments = new String[words.length + 1];
        arguments[0] = "solve";
        for (int k = 0; k < words.length; k++) {
            arguments[k + 1] = words[k].matches(".*\\.(mtx|npz|npy|json|png)")
                    ? file(words[k]).toString()
                    : words[k];
        }
        StringWriter said = new StringWriter();
        StringWriter told = new StringWriter();
        status = Jno.run(new PrintWriter(said), new PrintWriter(told), arguments);
        out = said.toString();
        err = told.toString();
        try {
            return out.startsWith("{") ? new ObjectMapper().readTree(out) : null;
        } catch (IOException e) {
            throw new AssertionError(out, e);
        }
    }

    private void assertSentence(String... words) {
        assertThat(status).as(err).isEqualTo(1);
        assertThat(out).isEmpty();
        assertThat(err.lines())
                .singleElement()
                .asString()
                .startsWith("jno solve: ")
                .contains(words)
                .doesNotContain("\tat ");
    }
}
