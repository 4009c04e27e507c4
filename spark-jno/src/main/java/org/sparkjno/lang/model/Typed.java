// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkjno.datasets.sample.RegularGrid;
import org.sparkjno.kernels.derive.CustomDerivatives;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.expression.Architecture;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Setting;
import org.sparkjno.lang.expression.Space;
import org.sparkjno.lang.expression.Traced;
import org.sparkjno.nn.Parameter;
import org.sparkjno.nn.Weights;

/**
 * An architecture that computes in a type of its own, whatever that of the problem: its arguments are cast to it, and its result
 * back. Of a type for storage only, weights are rounded to it where they are used and multiplied in single precision, while training
 * moves them in full, as if rounding had the derivative 1: P. Micikevicius et al., "Mixed precision training", ICLR 2018, section 3.1.
 *
 * @param base as it was
 * @param type of weights
 */
record Typed(Architecture base, DType type) implements Architecture {
    private static final long serialVersionUID = 1L;

    Typed {
        if (!type.isFloating()) {
            throw new IllegalArgumentException("Models compute in f32, f64 or bf16, not in " + type.text() + ".");
        }
    }

    /** What base knows of the axes. */
    private record Inside(Setting outside, DType precision) implements Setting {
        @Override
        public Optional<RegularGrid> grid(Axis axis) {
            return outside.grid(axis);
        }
    }

    /** The type in which training keeps its numbers, in a problem of some precision. */
    DType trained(DType ofProblem) {
        return type.isStorageOnly() ? ofProblem : type;
    }

    @Override
    public List<Parameter> parameters() {
        return base.parameters();
    }

    @Override
    public List<Parameter> buffers() {
        return base.buffers();
    }

    @Override
    public Space infer(List<Space> arguments) {
        return base.infer(arguments);
    }

    @Override
    public boolean isPointwise() {
        return base.isPointwise();
    }

    @Override
    public Traced apply(Weights weights, List<Traced> arguments, Setting setting) {
        DType inside = type.isStorageOnly() ? DType.F32 : type;
        Map<String, Value> typed = new HashMap<>();
        parameters()
                .forEach(one ->
                        typed.put(one.name(), rounded(weights.get(one.name())).cast(inside)));
        buffers().forEach(one -> typed.put(one.name(), weights.get(one.name()).cast(inside)));
        List<Traced> cast = arguments.stream()
                .map(argument -> argument.with(argument.value().cast(inside)))
                .toList();
        Traced result = base.apply(Weights.of(typed), cast, new Inside(setting, inside));
        return result.with(result.value().cast(setting.precision()));
    }

    private Value rounded(Value weight) {
        if (!type.isStorageOnly()) {
            return weight;
        }
        return CustomDerivatives.customJvp(
                        "round to " + type.text(),
                        List.of(weight),
                        x -> List.of(x.get(0).cast(type).cast(weight.dtype())),
                        (x, y, dx) -> dx)
                .get(0);
    }
}
