// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.examples;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Runs the examples in full, all of them or those whose names contain an argument, and prints what they came to. */
final class Examples {
    private Examples() {}

    static List<Example> all() {
        return List.of(
                new LaplaceLine(),
                new VariablePoisson(),
                new AllenCahn(),
                new ParametricPoisson(),
                new Fredholm(),
                new InverseCoefficients(),
                new OperatorPoisson(true),
                new OperatorPoisson(false),
                new HelmholtzPinn(),
                new FokkerPlanck(),
                new Biharmonic(),
                new GradientConflict(),
                new BurgersOperator(),
                new BurgersPinn(),
                new InverseDiffusivity());
    }

    /** The entry of the program. */
    public static void main(String[] arguments) {
        System.out.println("| problem | steps | error | bar | CPU s | wall s |\n| --- | --- | --- | --- | --- | --- |");
        for (Example example : all()) {
            if (arguments.length > 0 && !example.name().contains(arguments[0])) {
                continue;
            }
            long start = System.nanoTime();
            double busy = cpuSeconds();
            double error = example.run(example.steps());
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.2e | %.1e | %.1f | %.1f |%n",
                    example.name(),
                    example.steps(),
                    error,
                    example.bar(),
                    cpuSeconds() - busy,
                    (System.nanoTime() - start) * 1e-9);
        }
    }

    /** Of this process; the compiler's children are not counted. */
    private static double cpuSeconds() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toMillis()
                * 1e-3;
    }
}
