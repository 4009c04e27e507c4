// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.lang.expression.Architecture;
import org.sparkjno.lang.expression.Callee;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Setting;
import org.sparkjno.lang.expression.Space;
import org.sparkjno.lang.expression.Term;
import org.sparkjno.lang.expression.Traced;
import org.sparkjno.nn.Parameter;
import org.sparkjno.nn.Weights;
import org.sparkjno.nn.adapter.Adaptation;
import org.sparkjno.nn.adapter.Adapter;

/**
 * A model with a name and with rules for its training: a value that expressions call. Its numbers live in the run that trains
 * it.
 *
 * @param name unique among the models of a problem
 * @param architecture what it computes
 * @param rules what happens to which parameters; the last one that matches holds
 */
public record Model(String name, Architecture architecture, List<Rule> rules) implements Callee {
    private static final long serialVersionUID = 1L;

    public Model {
        rules = List.copyOf(rules);
    }

    /** By the name, which alone should tell the models of a problem apart; what else a model is would be long to look at. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** A model trained as the problem says. */
    public static Model of(String name, Architecture architecture) {
        return new Model(name, architecture, List.of());
    }

    /** The model of arguments. */
    public Expression at(Expression... arguments) {
        return Expression.of(new Term.Call(this), Arrays.asList(arguments));
    }

    /** The same model under another name. */
    public Model named(String other) {
        return new Model(other, architecture, rules);
    }

    /** With all parameters moved like this. */
    public Model optimizer(Treatment.Moved optimisation) {
        return optimizer("*", optimisation);
    }

    /**
     * With some parameters moved like this.
     *
     * @param pattern of their names, as {@code trunk.*}
     * @throws IllegalArgumentException when no parameter has such a name
     */
    public Model optimizer(String pattern, Treatment.Moved optimisation) {
        return with(new Rule(pattern, optimisation));
    }

    /** With all parameters kept as they are. */
    public Model freeze() {
        return freeze("*");
    }

    /**
     * With some parameters kept as they are, see {@link #optimizer(String, Treatment.Moved)}.
     *
     * @throws IllegalArgumentException when no parameter has such a name
     */
    public Model freeze(String pattern) {
        return with(new Rule(pattern, new Treatment.Frozen()));
    }

    /**
     * With its matrices, and weights of more axes, frozen, and adapters trained in their place. The names of its own numbers stay, so
     * that training begins with those of a run of this model.
     *
     * @param pattern of the names of weights, as {@code trunk.*}
     * @param adapter such as {@code Lora.of(4, 1)}
     * @throws IllegalArgumentException when no weight has such a name
     */
    public Model adapt(String pattern, Adapter adapter) {
        Adaptation adaptation = Adaptation.of(architecture, Rule.regex(pattern), adapter);
        return new Model(name, new Adapted(architecture, adaptation), rules);
    }

    /** With weights that are rounded to a smaller type wherever they are used; training still moves them in full precision. */
    public Model rounded(DType type) {
        return new Model(name, new Rounded(architecture, type), rules);
    }

    /**
     * Those first values that depend on others, by relative names.
     *
     * @param numbers of its parameters and buffers by relative names, row-major
     */
    public Map<String, double[]> starts(Function<String, double[]> numbers) {
        return architecture instanceof Adapted adapted ? adapted.starts(numbers) : Map.of();
    }

    private Model with(Rule rule) {
        List<String> names = parameters().stream().map(Parameter::name).toList();
        if (names.stream().noneMatch(rule::matches)) {
            throw new IllegalArgumentException("No parameter of the model '" + name + "' is named like '"
                    + rule.pattern() + "'; it has " + names + ".");
        }
        List<Rule> more = new ArrayList<>(rules);
        more.add(rule);
        return new Model(name, architecture, more);
    }

    /** The rule for a parameter; empty if the problem decides. */
    public Optional<Rule> rule(String parameter) {
        return rules.stream().filter(rule -> rule.matches(parameter)).reduce((first, last) -> last);
    }

    @Override
    public List<Parameter> parameters() {
        return architecture.parameters();
    }

    @Override
    public List<Parameter> buffers() {
        return architecture.buffers();
    }

    @Override
    public Space infer(List<Space> arguments) {
        return architecture.infer(arguments);
    }

    @Override
    public boolean isPointwise() {
        return architecture.isPointwise();
    }

    @Override
    public Traced apply(Weights weights, List<Traced> arguments, Setting setting) {
        return architecture.apply(weights, arguments, setting);
    }
}
