// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkjno.datasets.format.MeshFields;
import org.sparkjno.datasets.format.VtuFile;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.lang.problem.Field;
import org.sparkjno.lang.problem.Problem;
import org.sparkjno.lang.problem.Run;
import org.sparkjno.lang.problem.Training;

class VtuExportTest {
    private static final Run RUN = Problem.minimize(Models.coefficient("a", 2)
                    .optimizer(Optimisers.adam(1e-2))
                    .at()
                    .square())
            .train(Training.steps(1));

    private static MeshFields read(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return VtuFile.read(file.toString(), stream);
        }
    }

    private static void comesBack(Region region, double measure, Path file) throws IOException {
        Field u = RUN.evaluate(region.get("x").times(3).named("u"));
        Field gradient = RUN.evaluate(
                Expression.vector(region.get("x"), region.get("x").sin()).named("v"));
        VtuExport.write(file, u, gradient);
        MeshFields read = read(file);
        assertThat(read.fields().get("u")).containsExactly(u.values());
        assertThat(read.fields().get("v")).containsExactly(gradient.values());
        assertThat(read.components("v")).isEqualTo(2);
        assertThat(read.mesh().measure()).isBetween(0.8 * measure, 1.0001 * measure);
    }

    @Test
    void meshesGridsAndPointsComeBack(@TempDir Path directory) throws IOException {
        Domain rectangle = Domain.rectangle(0, 0, 2, 1);
        comesBack(rectangle.meshSize(0.3).all(), 2, directory.resolve("mesh.vtu"));
        comesBack(rectangle.points(100).interior(), 2, directory.resolve("points.vtu"));
        comesBack(Domain.interval(0, 3).points(20).interior(), 3, directory.resolve("line.vtu"));
        double[] origin = {0, 0, 0};
        comesBack(Domain.grid(origin, new double[] {1, 2, 1}, 3, 4, 3).interior(), 2, directory.resolve("grid.vtu"));
        comesBack(Domain.box(0, 0, 0, 1, 1, 1).meshSize(0.5).all(), 1, directory.resolve("box.vtu"));
    }

    @Test
    void oneTimeIsWritten(@TempDir Path directory) throws IOException {
        Region region = Domain.rectangle(0, 0, 2, 1).meshSize(0.3).time(0, 1, 3).all();
        Field u = RUN.evaluate(region.get("x").plus(region.get("t")).named("u"));
        Path file = directory.resolve("u.vtu");
        assertThatThrownBy(() -> VtuExport.write(file, u)).hasMessageContaining("slice(\"t\", …)");
        VtuExport.write(file, u.slice("t", 0.5));
        assertThat(read(file).fields().get("u"))
                .containsExactly(u.slice("t", 0.5).values());
    }

    @Test
    void whatDoesNotFitIsRefused(@TempDir Path directory) {
        Domain cloud = Domain.box(0, 0, 0, 1, 1, 1).points(10).samples(2);
        Field u = RUN.evaluate(cloud.interior("x"));
        Path file = directory.resolve("u.vtu");
        assertThatThrownBy(() -> VtuExport.write(file, u)).hasMessageContaining("on a mesh or a grid");
        Field samples = RUN.evaluate(cloud.parameter("k", 0, 1).times(cloud.interior("x")));
        assertThatThrownBy(() -> VtuExport.write(file, samples)).hasMessageContaining("sample(i)");
        Field line = RUN.evaluate(Domain.interval(0, 1).points(4).interior("x"));
        assertThatThrownBy(() -> VtuExport.write(file, line, line)).hasMessageContaining("Two fields are named 'x'");
        assertThatThrownBy(() -> VtuExport.write(file, line, u)).hasMessageContaining("different points");
        assertThatThrownBy(() -> VtuExport.write(file)).hasMessageContaining("at least one");
        assertThat(directory).isEmptyDirectory();
    }
}
