// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sparkjno.datasets.format.Safetensors;
import org.sparkjno.kernels.device.Bytes;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.lang.expression.Architecture;
import org.sparkjno.lang.expression.Callee;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Setting;
import org.sparkjno.lang.expression.Space;
import org.sparkjno.lang.expression.Term;
import org.sparkjno.lang.expression.Traced;
import org.sparkjno.nn.Initialisation;
import org.sparkjno.nn.Initialiser;
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
 * @param first rules for first values by relative names, where they are not those of the architecture
 */
public record Model(String name, Architecture architecture, List<Rule> rules, Map<String, Initialiser> first)
        implements Callee {
    private static final long serialVersionUID = 1L;

    public Model {
        rules = List.copyOf(rules);
        first = Map.copyOf(first);
    }

    /** By the name, which alone should tell the models of a problem apart; what else a model is would be long to look at. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** A model trained as the problem says. */
    public static Model of(String name, Architecture architecture) {
        return new Model(name, architecture, List.of(), Map.of());
    }

    /** The model of arguments. */
    public Expression at(Expression... arguments) {
        return Expression.of(new Term.Call(this), Arrays.asList(arguments));
    }

    /** The same model under another name. */
    public Model named(String other) {
        return new Model(other, architecture, rules, first);
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
        Adaptation adaptation = Adaptation.of(untyped(), Rule.regex(pattern), adapter);
        return with(new Adapted(untyped(), adaptation));
    }

    /**
     * With parameters and arithmetic of this type, whatever the precision of the problem: its arguments are cast to it, its result and
     * its derivatives back. {@code F64} and {@code F32} hold for all of it, the state of its optimiser included. {@code BF16} is for
     * storage: weights are rounded to it where they are used and when they are saved, products are formed in {@code F32}, and training
     * moves weights in the precision of the problem; buffers are not rounded.
     *
     * @throws IllegalArgumentException when the type is none of these
     */
    public Model dtype(DType type) {
        return new Model(name, new Typed(untyped(), type), rules, first);
    }

    private Architecture untyped() {
        return architecture instanceof Typed typed ? typed.base() : architecture;
    }

    /** Another architecture in the type of this one. */
    private Model with(Architecture other) {
        return new Model(
                name, architecture instanceof Typed typed ? new Typed(other, typed.type()) : other, rules, first);
    }

    @Override
    public DType precision(DType ofProblem) {
        return architecture instanceof Typed typed ? typed.trained(ofProblem) : ofProblem;
    }

    /** Type in which its parameters are saved when they come from a problem of some precision; buffers are of its {@link #precision}. */
    public DType saved(DType ofProblem) {
        return architecture instanceof Typed typed ? typed.type() : ofProblem;
    }

    /**
     * Those first values that depend on others, by relative names.
     *
     * @param numbers of its parameters and buffers by relative names, row-major
     */
    public Map<String, double[]> starts(Function<String, double[]> numbers) {
        return untyped() instanceof Adapted adapted ? adapted.starts(numbers) : Map.of();
    }

    /**
     * With these first values of some weights, by their numbers of inputs and outputs: the last axis of a weight is taken for its
     * outputs, that before it for its inputs. Tensors of less than two axes keep theirs.
     *
     * @param pattern of names, as {@code trunk.*}; of two that match, the later one holds
     * @throws IllegalArgumentException when no weight of two axes or more has such a name
     */
    public Model initialise(String pattern, Initialisation start) {
        Map<String, Initialiser> more = new HashMap<>();
        for (Parameter parameter : matching(pattern)) {
            Shape shape = parameter.shape();
            if (shape.rank() >= 2) {
                int outputs = shape.dim(-1);
                int inputs = shape.dim(-2);
                int window = Math.toIntExact(shape.size() / ((long) inputs * outputs));
                more.put(parameter.name(), start.weight(window * inputs, window * outputs));
            }
        }
        if (more.isEmpty()) {
            throw new IllegalArgumentException("What '" + pattern + "' names in the model '" + name
                    + "' has no inputs and outputs; give it first values by an Initialiser.");
        }
        return beginning(more);
    }

    /**
     * With these first values of some parameters.
     *
     * @param pattern of names, as {@code trunk.*}; of two that match, the later one holds
     * @param rule such as {@code new Initialiser.Constant(0)}, or a function
     * @throws IllegalArgumentException when no parameter has such a name
     */
    public Model initialise(String pattern, Initialiser rule) {
        Map<String, Initialiser> more = new HashMap<>();
        matching(pattern).forEach(parameter -> more.put(parameter.name(), rule));
        return beginning(more);
    }

    /**
     * With these first values.
     *
     * @param numbers of some parameters by relative names, row-major
     * @throws IllegalArgumentException when there is no such parameter, or it is of another size
     */
    public Model initialise(Map<String, double[]> numbers) {
        Map<String, Initialiser> more = new HashMap<>();
        numbers.forEach((parameter, values) -> {
            Parameter own = all().filter(one -> one.name().equals(parameter))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("There are first values for '" + parameter
                            + "', but the model '" + name + "' has " + names() + "; name them so."));
            if (own.shape().size() != values.length) {
                throw new IllegalArgumentException("There are " + values.length + " first values for '" + parameter
                        + "' of the model '" + name + "', which has the shape " + own.shape() + ".");
            }
            more.put(parameter, new Initialiser.Given(values));
        });
        return beginning(more);
    }

    /**
     * With the first values of a file in the safetensors format, whose tensors have the names of parameters, see {@link
     * #initialise(Map)}.
     *
     * @throws java.io.UncheckedIOException when it cannot be read
     */
    public Model initialise(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            Map<String, double[]> numbers = new HashMap<>();
            Safetensors.read(file.toString(), stream)
                    .tensors()
                    .forEach((parameter, tensor) -> numbers.put(
                            parameter,
                            Bytes.literal(tensor.type(), tensor.bytes()).toArray()));
            return initialise(numbers);
        } catch (IOException e) {
            throw new UncheckedIOException("First values could not be read from " + file + ": " + e.getMessage(), e);
        }
    }

    private Model beginning(Map<String, Initialiser> more) {
        Map<String, Initialiser> both = new HashMap<>(first);
        both.putAll(more);
        return new Model(name, architecture, rules, both);
    }

    private Stream<Parameter> all() {
        return Stream.concat(parameters().stream(), buffers().stream());
    }

    private List<String> names() {
        return parameters().stream().map(Parameter::name).toList();
    }

    /** The parameters that a pattern names. */
    private List<Parameter> matching(String pattern) {
        Rule rule = new Rule(pattern, new Treatment.Frozen());
        List<Parameter> matching = parameters().stream()
                .filter(parameter -> rule.matches(parameter.name()))
                .toList();
        if (matching.isEmpty()) {
            throw new IllegalArgumentException("No parameter of the model '" + name + "' is named like '" + pattern
                    + "'; it has " + names() + ".");
        }
        return matching;
    }

    private Model with(Rule rule) {
        matching(rule.pattern());
        List<Rule> more = new ArrayList<>(rules);
        more.add(rule);
        return new Model(name, architecture, more, first);
    }

    /** The rule for a parameter; empty if the problem decides. */
    public Optional<Rule> rule(String parameter) {
        return rules.stream().filter(rule -> rule.matches(parameter)).reduce((first, last) -> last);
    }

    private List<Parameter> begun(List<Parameter> parameters) {
        return parameters.stream()
                .map(parameter -> first.containsKey(parameter.name())
                        ? new Parameter(parameter.name(), parameter.shape(), first.get(parameter.name()))
                        : parameter)
                .toList();
    }

    @Override
    public List<Parameter> parameters() {
        return begun(architecture.parameters());
    }

    @Override
    public List<Parameter> buffers() {
        return begun(architecture.buffers());
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
