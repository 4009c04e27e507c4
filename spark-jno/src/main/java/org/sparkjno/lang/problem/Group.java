// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * Parameters, of any models, that are treated alike: one contiguous vector.
 *
 * @param layout what lies where in it, by full names
 * @param treatment what training does to it
 */
record Group(ParameterLayout layout, Treatment treatment) {
    /**
     * The parameters and buffers of models in groups; the order of first mention holds.
     *
     * @param ofProblem for parameters of which their models say nothing; empty if the problem says nothing either
     * @throws ExpressionException when two models have one name, or nobody says what happens to a parameter
     */
    static List<Group> of(Collection<Callee> callees, Optional<? extends Treatment> ofProblem, DType precision) {
        Map<String, Callee> named = new HashMap<>();
        Map<Treatment, List<Parameter>> treated = new LinkedHashMap<>();
        for (Callee callee : callees) {
            if (named.put(callee.name(), callee) != null) {
                throw new ExpressionException("Two models with different settings are named '" + callee.name()
                        + "'; use the same value for both calls, or name one of them otherwise.");
            }
            for (Parameter parameter : callee.parameters()) {
                treated.computeIfAbsent(treatment(callee, parameter, ofProblem), key -> new ArrayList<>())
                        .add(parameter.under(callee.name()));
            }
            for (Parameter buffer : callee.buffers()) {
                treated.computeIfAbsent(new Treatment.Frozen(), key -> new ArrayList<>())
                        .add(buffer.under(callee.name()));
            }
        }
        List<Group> groups = new ArrayList<>();
        treated.forEach(
                (treatment, parameters) -> groups.add(new Group(ParameterLayout.of(parameters, precision), treatment)));
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

    /** How it is moved; empty if it is frozen. */
    Optional<Treatment.Trained> trained() {
        return treatment instanceof Treatment.Trained trained ? Optional.of(trained) : Optional.empty();
    }

    /** The rule that moves it; empty if it is frozen. */
    Optional<UpdateRule> rule() {
        return trained().map(trained -> trained.optimiser().over(layout));
    }
}
