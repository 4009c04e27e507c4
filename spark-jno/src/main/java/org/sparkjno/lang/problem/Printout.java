// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Parts;
import org.sparkjno.lang.expression.Term;

/**
 * A part of the losses that training prints, see {@link Expression#print(String, int)}.
 *
 * @param label what the line calls it
 * @param every steps between two lines
 * @param smallest value
 * @param mean of all values
 * @param largest value
 */
record Printout(String label, int every, Expression smallest, Expression mean, Expression largest) {
    /** Numbers of a printout among those that a step tells. */
    private static final int NUMBERS = 3;

    /** All that is printed of some losses, in the order of first mention; of one label the last counts. */
    static List<Printout> of(Collection<Expression> losses) {
        Map<String, Printout> printouts = new LinkedHashMap<>();
        Parts.visit(losses, part -> {
            if (part.term() instanceof Term.Printed printed) {
                Expression shown = part.operands().get(0);
                printouts.put(
                        printed.label(),
                        new Printout(printed.label(), printed.every(), shown.min(), shown.mean(), shown.max()));
            }
        });
        return List.copyOf(printouts.values());
    }

    /** What a step has to compute for some printouts. */
    static List<Expression> numbers(List<Printout> printouts) {
        List<Expression> numbers = new ArrayList<>();
        printouts.forEach(one -> numbers.addAll(List.of(one.smallest, one.mean, one.largest)));
        return numbers;
    }

    /**
     * The lines that are due.
     *
     * @param steps how many are done
     * @param told what the last of them computed for {@link #numbers}
     */
    static List<String> lines(List<Printout> printouts, int steps, double[] told) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < printouts.size(); i++) {
            Printout one = printouts.get(i);
            if (steps % one.every == 0) {
                int at = i * NUMBERS;
                lines.add(String.format(
                        Locale.ROOT,
                        "step %d: %s from %.6g to %.6g, mean %.6g",
                        steps,
                        one.label,
                        told[at],
                        told[at + 2],
                        told[at + 1]));
            }
        }
        return lines;
    }
}
