// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.datasets.format.MeshFields;
import org.sparkjno.datasets.format.MeshFile;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.lang.problem.Problem;
import org.sparkjno.lang.problem.Run;
import org.sparkjno.lang.problem.Training;

/** Problems on meshes that gmsh, meshio and VTK wrote: a plate with a hole, a rod, a block. */
class MeshFilesTest {
    private static final Path FOLDER =
            Path.of("..", "datasets", "src", "test", "resources", "org", "sparkjno", "datasets", "format");

    private static Domain read(String name) {
        return Domain.read(FOLDER.resolve(name));
    }

    private static Model net(int coordinates) {
        return Models.mlp(coordinates, 12, 12, 1).optimizer(Optimisers.adam(5e-3));
    }

    /** A short training that must get somewhere. */
    private static Run trained(Problem problem) {
        Run run = problem.train(Training.steps(120));
        assertThat(run.history().last()).isLessThan(0.5 * run.history().total()[0]);
        return run;
    }

    private static double length(Run run, Region region) {
        return run.evaluate(region.weight().sum()).single();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plate-2.2.msh", "plate-2.2-binary.msh", "plate-4.1.msh", "plate-4.1-binary.msh"})
    void physicalGroupsOfGmshArePartsOfTheBoundary(String name) {
        Domain plate = read(name);
        Expression x = plate.interior("x");
        Expression y = plate.interior("y");
        Model net = net(2);
        Region inlet = plate.boundary("inlet");
        Region wall = plate.boundary("wall");
        // A group without a name has its number.
        Region hole = plate.boundary("13");
        Expression flux =
                hole.restrict(net.at(x, y).grad(x, y)).dot(Expression.vector(hole.normal("x"), hole.normal("y")));
        Run run = trained(Problem.minimize(
                        "equation", net.at(x, y).laplacian(x, y).plus(1).meanSquare())
                .and(
                        "inlet",
                        10,
                        net.at(inlet.get("x"), inlet.get("y")).minus(1).meanSquare())
                .and("wall", 10, net.at(wall.get("x"), wall.get("y")).meanSquare())
                .and("hole", 1, flux.meanSquare()));

        assertThat(length(run, inlet)).isCloseTo(1, within(1e-5));
        assertThat(length(run, wall)).isCloseTo(5, within(1e-5));
        assertThat(length(run, hole)).isCloseTo(0.6 * Math.PI, within(0.1));
        assertThat(length(run, plate.all())).isCloseTo(2 - 0.09 * Math.PI, within(0.05));
        assertThatThrownBy(() -> plate.boundary("outlet"))
                .hasMessageContaining("'outlet'")
                .hasMessageContaining("inlet")
                .hasMessageContaining("wall");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plate-42.vtk", "plate-51-binary.vtk", "plate-zlib.vtu", "plate-appended-raw.vtu"})
    void filesOfVtkBringTheirFields(String name) throws IOException {
        MeshFields file = MeshFile.read(FOLDER.resolve(name));
        Domain plate = Domain.of(file.mesh());
        Region all = plate.all();
        Region left = plate.boundary().where("left", point -> point[0] < 1e-9);
        Expression u = plate.data("u", all, file.fields().get("u"));
        Model net = net(2);
        Run run = trained(Problem.minimize(
                        "data", net.at(all.get("x"), all.get("y")).minus(u).meanSquare())
                .and(
                        "left",
                        1,
                        net.at(left.get("x"), left.get("y"))
                                .minus(left.get("y"))
                                .meanSquare()));

        Expression exact = all.get("x").square().plus(all.get("y"));
        assertThat(run.evaluate(u.minus(exact).abs().max()).single()).isLessThan(1e-5);
        assertThat(run.evaluate(left.get("x").abs().max()).single()).isZero();
    }

    @Test
    void rodsAndBlocksAreMeshesToo() {
        Domain rod = read("line-2.2.msh");
        Expression x = rod.interior("x");
        Model along = net(1);
        Run stretched = trained(Problem.minimize(
                        "equation", along.at(x).d("xx").plus(1).meanSquare())
                .and("west", 1, along.at(rod.boundary("west").get("x")).meanSquare())
                .and("east", 1, along.at(rod.boundary("east").get("x")).minus(1).meanSquare()));
        assertThat(stretched.evaluate(rod.boundary("east").get("x")).single()).isEqualTo(2);

        Domain block = read("block-4.1.msh");
        Region inside = block.interior();
        Region top = block.boundary("top");
        Model within = net(3);
        Expression[] xyz = {inside.get("x"), inside.get("y"), inside.get("z")};
        Run heated = trained(Problem.minimize(
                        "equation", within.at(xyz).laplacian(xyz).plus(1).meanSquare())
                .and(
                        "top",
                        10,
                        within.at(top.get("x"), top.get("y"), top.get("z"))
                                .minus(1)
                                .meanSquare()));
        assertThat(length(heated, top)).isCloseTo(1, within(1e-5));
        assertThat(length(heated, block.boundary("side"))).isCloseTo(8, within(1e-4));
    }

    @Test
    void otherFilesAreRefused(@TempDir Path directory) throws IOException {
        assertThatThrownBy(() -> read("quads-4.1.msh"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("quads-4.1.msh")
                .hasMessageContaining("triang");
        assertThatThrownBy(() -> read("nothing.msh")).hasMessageContaining("There is no file");
        Path step = Files.writeString(directory.resolve("part.step"), "ISO-10303-21;");
        assertThatThrownBy(() -> Domain.read(step)).hasMessageContaining(".msh, .vtk and .vtu");
    }
}
