// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.util.List;
import org.sparkjno.kernels.graph.Shape;

/** The space of a term applied to operands, or why there is none. */
final class Inference {
    private Inference() {}

    static Space of(Term term, List<Space> operands) {
        if (term instanceof Term.Constant) {
            return Space.SCALAR;
        }
        if (term instanceof Term.Variable variable) {
            return variable.source().space();
        }
        if (term instanceof Term.Elementwise) {
            return together(operands).with(commonComponents(operands));
        }
        if (term instanceof Term.Components components) {
            return together(operands)
                    .with(components
                            .function()
                            .infer(operands.stream().map(Space::components).toList()));
        }
        if (term instanceof Term.Aggregate aggregate) {
            return aggregated(aggregate, operands.get(0));
        }
        if (term instanceof Term.Call call) {
            return onePointAxis(call.callee().infer(operands));
        }
        if (term instanceof Term.Random random) {
            Shape components = random.components() == 0 ? Shape.SCALAR : Shape.of(random.components());
            return new Space(random.axes(), components);
        }
        return operands.get(0);
    }

    private static Space together(List<Space> operands) {
        return onePointAxis(new Space(Space.axes(operands), Shape.SCALAR));
    }

    private static Space onePointAxis(Space space) {
        List<String> points = space.points().map(Axis::name).toList();
        if (points.size() > 1) {
            throw new ExpressionException("This expression mixes points of the regions " + String.join(" and ", points)
                    + ", which would pair each point of one with each of the other; write it with the coordinates of one"
                    + " region, or integrate over the other first.");
        }
        return space;
    }

    private static Shape commonComponents(List<Space> operands) {
        Shape common = Shape.SCALAR;
        for (Space operand : operands) {
            Shape components = operand.components();
            if (common.rank() == 0) {
                common = components;
            } else if (components.rank() > 0 && !components.equals(common)) {
                throw new ExpressionException("Values of the shapes " + common + " and " + components
                        + " do not fit together component by component; take components with get(i), or make the shapes"
                        + " equal.");
            }
        }
        return common;
    }

    private static Space aggregated(Term.Aggregate aggregate, Space operand) {
        for (Axis axis : aggregate.axes()) {
            if (!operand.axes().contains(axis)) {
                throw new ExpressionException("There is nothing to aggregate along " + axis
                        + ", because the expression has values along " + operand + " only.");
            }
        }
        return operand.without(aggregate.axes());
    }
}
