// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.lang.ref.Cleaner;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.expression.Expression;

/** Evaluates expressions with the numbers of models. Functions that were compiled lately are kept for the next time. */
final class Evaluator {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final int MOST_KEPT = 16;
    private static final int ROWS = 1 << 16;

    private final EvaluationSettings settings;
    private final Map<String, Packed> numbers;
    private final int rows;
    private final Kept kept = new Kept();

    /**
     * Evaluates in large portions.
     *
     * @param numbers of models by full names
     */
    Evaluator(EvaluationSettings settings, Map<String, Packed> numbers) {
        this(settings, numbers, ROWS);
    }

    /**
     * Evaluates in portions.
     *
     * @param rows samples times points that are computed at once, where they can be divided
     */
    Evaluator(EvaluationSettings settings, Map<String, Packed> numbers, int rows) {
        this.settings = settings;
        this.numbers = Map.copyOf(numbers);
        this.rows = rows;
        CLEANER.register(this, kept::close);
    }

    /**
     * What was asked.
     *
     * @param expressions computed together
     * @param regions the region they are evaluated on; none for their own points
     */
    record Question(List<Expression> expressions, List<Region> regions) {
        List<Expression> restricted() {
            return regions.isEmpty()
                    ? expressions
                    : expressions.stream().map(regions.get(0)::restrict).toList();
        }
    }

    /** Compiled functions, that least recently used first. Apart from its owner, so that it can be closed after that is gone. */
    private static final class Kept {
        private final Map<Form.Key, Evaluation> evaluations = new LinkedHashMap<>(16, 0.75f, true);

        synchronized void close() {
            evaluations.values().forEach(Evaluation::close);
            evaluations.clear();
        }
    }

    /** The values, in order. */
    List<Field> evaluate(Question question) {
        List<Expression> expressions = question.restricted();
        Form form = Form.of(expressions);
        synchronized (kept) {
            Evaluation evaluation = kept.evaluations.get(form.key());
            if (evaluation == null) {
                evaluation = compile(form.roots());
                kept.evaluations.put(form.key(), evaluation);
                if (kept.evaluations.size() > MOST_KEPT) {
                    Iterator<Evaluation> oldest = kept.evaluations.values().iterator();
                    oldest.next().close();
                    oldest.remove();
                }
            }
            return evaluation.run(names(expressions), form.numbers());
        }
    }

    private static List<String> names(List<Expression> expressions) {
        return expressions.stream()
                .map(expression -> expression.name().orElseGet(expression::toString))
                .toList();
    }

    private Evaluation compile(List<Expression> expressions) {
        Device device = CpuDevice.open(settings.threads());
        return new Evaluation(expressions, settings, device, numbers, rows);
    }

    /** How many compiled functions are kept. */
    int kept() {
        synchronized (kept) {
            return kept.evaluations.size();
        }
    }

    EvaluationSettings settings() {
        return settings;
    }

    Map<String, Packed> numbers() {
        return numbers;
    }
}
