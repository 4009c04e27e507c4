// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.lang.problem.Problem;
import org.sparkjno.lang.problem.Run;
import org.sparkjno.lang.problem.Study;
import org.sparkjno.lang.problem.Training;

/** A study of the kind that users write. */
public final class HeatedRod implements Study {
    private final Expression x = Domain.interval(0, 1).meshSize(0.05).interior("x");
    private final Expression net =
            Models.mlp(1, 8, 1).optimizer(Optimisers.adam(5e-3)).at(x);
    private final Expression u = x.times(x.from(1)).times(net).named("u");

    /** The only constructor. */
    public HeatedRod() {}

    @Override
    public Problem problem() {
        Expression residual = u.d("xx").plus(1);
        return Problem.minimize("equation", residual.meanSquare())
                .track("max|r|", 5, residual.abs().max());
    }

    @Override
    public Training training() {
        return Training.steps(20);
    }

    @Override
    public void report(Run run, Path directory) throws IOException {
        Files.writeString(
                directory.resolve("largest.txt"),
                Double.toString(run.evaluate(u).max()));
    }
}
