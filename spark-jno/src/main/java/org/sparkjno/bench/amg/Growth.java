// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench.amg;

import java.util.ArrayList;
import java.util.List;

/**
 * How iterations grow with the number of unknowns.
 *
 * @param from the smaller problem
 * @param to the same problem with eight times as many unknowns
 * @param ratio of iterations
 */
public record Growth(String from, String to, double ratio) {
    /** Most growth when there are eight times as many unknowns. */
    public static final double BAR = 1.3;

    public boolean reached() {
        return ratio <= BAR;
    }

    /** From each size of the 7-point problem to the next. */
    static List<Growth> of(List<Trial.Result> results) {
        List<Trial.Result> cubes = results.stream()
                .filter(result -> result.name().startsWith(Trials.CUBE))
                .toList();
        List<Growth> steps = new ArrayList<>();
        for (int i = 1; i < cubes.size(); i++) {
            Trial.Result from = cubes.get(i - 1);
            Trial.Result to = cubes.get(i);
            steps.add(new Growth(from.name(), to.name(), (double) to.iterations() / from.iterations()));
        }
        return steps;
    }
}
