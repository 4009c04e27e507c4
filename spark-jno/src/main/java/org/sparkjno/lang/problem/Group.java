// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.lang.expression.Callee;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Rule;
import org.sparkjno.lang.model.Treatment;
import org.sparkjno.nn.Parameter;
import org.sparkjno.nn.ParameterLayout;
import org.sparkjno.optim.UpdateRule;

/**
 * Parameters, of any models, that have one type and are treated alike: one contiguous vector.
 *
 * @param layout what lies where in it, by full names
 * @param treatment what training does to it
 * @param turns numbers of the turns in which it is moved
 */
record Group(ParameterLayout layout, Treatment treatment, Set<Integer> turns) {
    Group {
        turns = Set.copyOf(turns);
    }

    /** Parameters of one type that are treated alike and move in the same turns. */
    private record Kind(Treatment treatment, Set<Integer> turns, DType dtype) {
        static Kind of(Treatment treatment, Set<Integer> turns, DType dtype) {
            return new Kind(treatment, treatment instanceof Treatment.Frozen ? Set.of() : Set.copyOf(turns), dtype);
        }
    }

    /** The same for models that move together, see {@link #of(Collection, Optional, Turns, DType)}. */
    static List<Group> of(Collection<Callee> callees, Optional<? extends Treatment> ofProblem, DType precision) {
        return of(callees, ofProblem, new Turns(List.of(Turn.ALL)), precision);
    }

    /**
     * The parameters and buffers of models in groups; the order of first mention holds.
     *
     * @param ofProblem for parameters of which their models say nothing; empty if the problem says nothing either
     * @param precision of the problem
     * @throws ExpressionException when two models have one name, or nobody says what happens to a parameter
     */
    static List<Group> of(
            Collection<Callee> callees, Optional<? extends Treatment> ofProblem, Turns turns, DType precision) {
        Map<String, Callee> named = new HashMap<>();
        Map<Kind, List<Parameter>> treated = new LinkedHashMap<>();
        for (Callee callee : callees) {
            if (named.put(callee.name(), callee) != null) {
                throw new ExpressionException("Two models with different settings are named '" + callee.name()
                        + "'; use the same value for both calls, or name one of them otherwise.");
            }
            Set<Integer> moving = new HashSet<>();
            for (int turn = 0; turn < turns.list().size(); turn++) {
                if (turns.list().get(turn).moves(callee.name())) {
                    moving.add(turn);
                }
            }
            DType dtype = callee.precision(precision);
            for (Parameter parameter : callee.parameters()) {
                treated.computeIfAbsent(
                                Kind.of(treatment(callee, parameter, ofProblem), moving, dtype),
                                key -> new ArrayList<>())
                        .add(parameter.under(callee.name()));
            }
            for (Parameter buffer : callee.buffers()) {
                treated.computeIfAbsent(Kind.of(new Treatment.Frozen(), moving, dtype), key -> new ArrayList<>())
                        .add(buffer.under(callee.name()));
            }
        }
        List<Group> groups = new ArrayList<>();
        treated.forEach((kind, parameters) ->
                groups.add(new Group(ParameterLayout.of(parameters, kind.dtype()), kind.treatment(), kind.turns())));
        return groups;
    }

    private static Treatment treatment(Callee callee, Parameter parameter, Optional<? extends Treatment> ofProblem) {
        Optional<Rule> rule = callee instanceof Model model ? model.rule(parameter.name()) : Optional.empty();
        if (rule.isPresent()) {
            return rule.get().treatment();
        }
        if (ofProblem.isPresent()) {
            return ofProblem.get();
        }
        throw new ExpressionException("No optimiser moves the parameter '" + callee.name() + "." + parameter.name()
                + "'; give the model or the problem one by optimizer(…), or freeze it.");
    }

    /** Type of its numbers. */
    DType dtype() {
        return layout.type().dtype();
    }

    /** The rule of its compiled steps; empty if it has none. */
    Optional<UpdateRule> rule() {
        return treatment instanceof Treatment.Stepped stepped
                ? Optional.of(stepped.optimiser().over(layout))
                : Optional.empty();
    }
}
