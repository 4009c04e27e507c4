// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.expression.Callee;
import org.sparkjno.lang.expression.Expression;

/**
 * Models with their numbers: what a run trained, or what was saved of one. Any expression of the models can be evaluated, also
 * one that was not trained, on any points; and later runs can begin from the numbers.
 */
public abstract sealed class Solution permits Run, SavedModels {
    private final List<Callee> callees;
    private final Evaluator evaluator;

    /**
     * Models with their numbers.
     *
     * @param numbers by full names
     */
    Solution(List<Callee> callees, Map<String, Packed> numbers, EvaluationSettings settings) {
        this.callees = List.copyOf(callees);
        this.evaluator = new Evaluator(settings, numbers);
    }

    /**
     * The values of an expression on all of its own points and samples. Noise is zero.
     *
     * @throws org.sparkjno.lang.expression.ExpressionException when it calls a model that is not here
     */
    public final Field evaluate(Expression expression) {
        return evaluate(List.of(expression)).get(0);
    }

    /** The values of an expression on the points of another region with coordinates of the same names. */
    public final Field evaluate(Expression expression, Region region) {
        return evaluate(List.of(expression), region).get(0);
    }

    /** The values of several expressions, computed together: what they share is computed once. */
    public final List<Field> evaluate(List<Expression> expressions) {
        return evaluator.evaluate(new Evaluator.Question(List.copyOf(expressions), List.of()));
    }

    /** The values of several expressions, computed together, on the points of another region. */
    public final List<Field> evaluate(List<Expression> expressions, Region region) {
        return evaluator.evaluate(new Evaluator.Question(List.copyOf(expressions), List.of(region)));
    }

    /** The names of the models. */
    public final List<String> models() {
        return callees.stream().map(Callee::name).toList();
    }

    /**
     * Saves the models: what they compute as readable JSON, and their numbers in the safetensors format. Of models that hold code
     * of somebody's own, the numbers alone are saved. What was saved there before is replaced.
     *
     * @param directory made if it is not there
     * @throws java.io.UncheckedIOException when a file cannot be written
     * @see SavedModels#load
     */
    public final void save(Path directory) {
        SavedFiles.write(directory, callees, evaluator.numbers(), evaluator.settings());
    }

    Evaluator evaluator() {
        return evaluator;
    }

    /** The numbers of some solutions by full names; of two solutions the later one counts. */
    public static Map<String, Packed> numbers(List<? extends Solution> solutions) {
        Map<String, Packed> numbers = new LinkedHashMap<>();
        solutions.forEach(solution -> numbers.putAll(solution.evaluator().numbers()));
        return numbers;
    }
}
