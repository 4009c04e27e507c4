// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Scheme;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;

/** Residuals by differences on unstructured meshes train like others. */
class MeshResidualTest {
    private static final Region DISK = Domain.disk(0, 0, 1).meshSize(0.25).all();
    private static final Expression X = DISK.get("x");
    private static final Expression Y = DISK.get("y");
    private static final Expression BUMP = X.square().plus(Y.square()).from(1);
    private static final Expression EXACT = BUMP.times(X.plus(1));

    @Test
    void aNetworkLearnsFromDifferencesOnAMesh() {
        Model net = Models.mlp(2, 16, 16, 1).optimizer(Optimisers.adam(3e-3));
        Expression u = BUMP.times(net.at(X, Y));
        Expression source = EXACT.laplacian(X, Y).by(Scheme.AUTOMATIC);
        for (Scheme scheme : new Scheme[] {Scheme.FINITE_DIFFERENCES, Scheme.LINEAR_ELEMENTS}) {
            Problem problem = Problem.minimize(u.laplacian(X, Y).minus(source).meanSquare())
                    .scheme(scheme);
            Run run = problem.train(Training.steps(400).inDouble());
            double error = run.evaluate(u.minus(EXACT).square().mean()).single()
                    / run.evaluate(EXACT.square().mean()).single();
            assertThat(Math.sqrt(error)).isLessThan(0.1);
        }
    }
}
