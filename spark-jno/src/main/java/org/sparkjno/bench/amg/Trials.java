// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench.amg;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.sparkjno.amg.gallery.Convection;
import org.sparkjno.amg.gallery.Elasticity;
import org.sparkjno.amg.gallery.FiniteElements;
import org.sparkjno.amg.gallery.FiniteVolumes;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.hierarchy.NearNullSpace;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.solve.Solver;

/** The problems whose iterations are counted. */
final class Trials {
    /** The problem whose growth is looked at. */
    static final String CUBE = "Poisson 7-point ";

    /** Complexities that aggregation and classical coarsening stay below on Poisson's equation. */
    private static final double LEAN = 1.7;

    private static final double RICH = 3.3;

    private Trials() {}

    static List<Trial> all(Extent extent) {
        List<Trial> trials = new ArrayList<>();
        extent.planes()
                .forEach(n -> trials.add(poisson("Poisson 5-point " + n + "²", 14, () -> Stencils.laplacian(n, 1, 1))));
        extent.cubes().forEach(n -> trials.add(poisson(CUBE + n + "³", 16, () -> Stencils.laplacian(n, 1, 1, 1))));
        extent.boxes()
                .forEach(n ->
                        trials.add(poisson("Poisson 27-point " + n + "³", 14, () -> Stencils.twentySevenPoint(n))));
        trials.addAll(hardDiffusion(extent));
        trials.addAll(convection(extent.plane()));
        extent.bodies().forEach(n -> trials.add(elasticity(n)));
        return trials;
    }

    private static Trial poisson(String name, int iterations, Supplier<CsrMatrix> matrix) {
        return new Trial(
                name,
                List.of(new Bar(iterations, LEAN), new Bar(10, RICH)),
                () -> new Trial.Subject(matrix.get(), Solver.auto()));
    }

    private static List<Trial> hardDiffusion(Extent extent) {
        int n = extent.plane();
        int cells = extent.cells();
        return List.of(
                scalar("grid anisotropy 1e-3 " + n + "²", 20, () -> Stencils.laplacian(n, 1, 1e-3)),
                scalar(
                        "rotated 45° anisotropy 1e-3 " + n + "²",
                        40,
                        () -> FiniteElements.rotatedAnisotropy(n, 1e-3, Math.PI / 4)),
                scalar("jumps 1e4 " + cells + "³", 16, () -> FiniteVolumes.chequerboard(cells, 1e4)),
                scalar("lognormal σ=3 " + n + "²", 30, () -> FiniteVolumes.lognormal(n, 3, 1)));
    }

    private static List<Trial> convection(int n) {
        return List.of(
                scalar("convection 45° ε=1e-3 " + n + "²", 20, () -> Convection.diagonal(n, 1e-3)),
                scalar("convection 45° ε=1e-6 " + n + "²", 20, () -> Convection.diagonal(n, 1e-6)),
                scalar("recirculation ε=1e-3 " + n + "²", 20, () -> Convection.recirculating(n, 1e-3)),
                scalar("recirculation ε=1e-5 " + n + "²", 20, () -> Convection.recirculating(n, 1e-5)));
    }

    private static Trial scalar(String name, int iterations, Supplier<CsrMatrix> matrix) {
        return new Trial(name, List.of(Bar.of(iterations)), () -> new Trial.Subject(matrix.get(), Solver.auto()));
    }

    private static Trial elasticity(int n) {
        return new Trial("elasticity " + n + "³", List.of(Bar.of(20)), () -> {
            Elasticity body = Elasticity.clamped(n, n, n);
            return new Trial.Subject(
                    body.matrix(),
                    Solver.auto().blockSize(3).nearNullSpace(NearNullSpace.rigidBodyModes(body.coordinates(), 3)));
        });
    }
}
