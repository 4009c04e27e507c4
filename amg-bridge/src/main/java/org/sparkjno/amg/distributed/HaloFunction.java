// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sparkjno.kernels.graph.CustomRule;
import org.sparkjno.kernels.graph.HostFunction;
import org.sparkjno.kernels.graph.HostOp;
import org.sparkjno.kernels.graph.RuledOp;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/**
 * The exchange of a halo in a graph: from own components {@code [n]} or {@code [n, width]} to those of the ghosts, or its
 * transpose, which adds what the ranks have for their ghosts to the owners' components. A rank without ghosts gets one that
 * is zero, since no value of a graph may vanish from one rank alone.
 *
 * @param halo the plan
 * @param toOwners whether this is the transpose
 */
record HaloFunction(Halo halo, boolean toOwners) implements HostFunction {
    /** The image of a value, with its derivatives: the function is linear and knows its transpose. */
    Value of(Value x) {
        CustomRule rule = new CustomRule(
                name(),
                Optional.of((arguments, y, dx) -> moved(dx)),
                Optional.of((arguments, dy) -> new HaloFunction(halo, !toOwners).moved(dy)),
                false);
        return RuledOp.custom(rule, HostOp.call(this, x), List.of(x)).get(0);
    }

    private List<Value> moved(List<Value> change) {
        return Arrays.asList(change.get(0) == null ? null : of(change.get(0)));
    }

    private int own() {
        return halo.partition().size(halo.world().rank());
    }

    private int ghosts() {
        return Math.max(1, halo.size());
    }

    @Override
    public String name() {
        return toOwners ? "ghosts to owners" : "ghosts";
    }

    @Override
    public List<TensorType> results(List<TensorType> operands) {
        List<Integer> dims = new ArrayList<>(operands.get(0).shape().dims());
        dims.set(0, toOwners ? own() : ghosts());
        return List.of(operands.get(0).with(new Shape(dims)));
    }

    @Override
    public void run(List<ByteBuffer> operands, List<ByteBuffer> results) {
        DoubleBuffer operand = operands.get(0).asDoubleBuffer();
        double[] given = new double[operand.remaining()];
        operand.get(given);
        int width = given.length / (toOwners ? ghosts() : own());
        double[] image;
        if (toOwners) {
            image = new double[own() * width];
            halo.addToOwners(Arrays.copyOf(given, halo.size() * width), image, width);
        } else {
            image = Arrays.copyOf(halo.ghosts(given, width), ghosts() * width);
        }
        results.get(0).asDoubleBuffer().put(image);
    }
}
