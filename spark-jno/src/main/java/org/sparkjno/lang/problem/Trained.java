// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.sparkjno.lang.dimension.UnitCheck;

/**
 * What training came to, in a form that travels.
 *
 * @param numbers of the models by full names
 * @param history what was minimised and watched
 * @param sharing what the step computed once for many uses, one line each
 * @param work what this task computed in a step, in one line
 */
public record Trained(Map<String, Packed> numbers, History history, List<String> sharing, String work)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * Trains as one of the tasks of a world; all of them come to the same numbers and losses.
     *
     * @param station where it trains
     * @param listener watches this task
     * @param first numbers to begin with, by full names; others are drawn
     * @throws org.sparkjno.train.DivergenceException when the loss is not finite
     */
    public static Trained by(
            Problem problem, Training training, Station station, StepListener listener, Map<String, Packed> first) {
        UnitCheck.of(problem.expressions());
        try (Session session = new Session(problem, training, station, first)) {
            session.run(listener);
            return new Trained(
                    session.numbers(), session.history(), session.step().sharing(), Work.of(session));
        }
    }
}
