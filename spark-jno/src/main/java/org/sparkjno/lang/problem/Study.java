// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A problem with its training, which the command {@code jno problem} runs by the name of the class, here or on Spark. The class is
 * public and has a public constructor without arguments.
 *
 * <pre>{@code
 * public final class Bump implements Study {
 *     private final Expression x = Domain.interval(0, 1).meshSize(0.05).interior("x");
 *     private final Expression u = x.times(x.from(1)).times(Models.mlp(1, 20, 1).optimizer(Optimisers.adam(5e-3)).at(x));
 *
 *     public Problem problem() {
 *         return Problem.minimize(u.d("xx").plus(1).meanSquare());
 *     }
 *
 *     public Training training() {
 *         return Training.steps(500);
 *     }
 * }
 * }</pre>
 */
public interface Study {
    /** What is minimised. */
    Problem problem();

    /** How long and on how much, where the command says nothing else. */
    Training training();

    /**
     * What is done with the trained problem, such as pictures and tables; nothing if this is left out.
     *
     * @param run the trained problem
     * @param directory for files
     * @throws IOException when a file cannot be written
     */
    default void report(Run run, Path directory) throws IOException {}
}
