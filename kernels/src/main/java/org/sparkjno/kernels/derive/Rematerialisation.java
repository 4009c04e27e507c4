// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.Closure;
import org.sparkjno.kernels.graph.CustomRule;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.RuledOp;
import org.sparkjno.kernels.graph.Value;

/**
 * Regions whose inner values are computed again in the backward pass instead of being kept for it: T. Chen, B. Xu,
 * C. Zhang, C. Guestrin, "Training Deep Nets with Sublinear Memory Cost", 2016.
 */
public final class Rematerialisation {
    private Rematerialisation() {}

    /**
     * A region that is computed again.
     *
     * @param function the region; what it uses beside its arguments is kept like these
     * @param x its arguments
     * @return its results
     */
    public static List<Value> remat(UnaryOperator<List<Value>> function, List<Value> x) {
        List<Value> inputs =
                x.stream().map(value -> Value.input("x", value.type())).toList();
        Closure region = Closure.of(inputs, function.apply(inputs));
        return call(
                region.graph(),
                Lists.concat(x, region.captured()),
                region.graph().inputs().size());
    }

    /**
     * The results of a region that is linear in its last arguments.
     *
     * @param firstLinear position of the first of these
     */
    private static List<Value> call(Graph region, List<Value> x, int firstLinear) {
        CustomRule rule = new CustomRule(
                "remat",
                Optional.of((arguments, y, dx) -> tangents(region, arguments, dx)),
                Optional.of((arguments, dy) -> again(region, arguments, firstLinear, dy)),
                false);
        return RuledOp.custom(rule, region.call(x), x);
    }

    /** The linearisation of a region is a region, linear in the tangents. */
    private static List<Value> tangents(Graph region, List<Value> x, List<Value> dx) {
        List<Integer> moving = IntStream.range(0, x.size())
                .filter(i -> dx.get(i) != null)
                .boxed()
                .toList();
        List<Value> inputs = Lists.at(region.inputs(), moving);
        List<Value> directions =
                inputs.stream().map(input -> Value.input("dx", input.type())).toList();
        Pushforward pushforward = new Pushforward(region.outputs(), inputs, directions);
        Graph linear = Graph.of(
                Lists.concat(region.inputs(), directions),
                region.outputs().stream().map(pushforward::tangentOrZero).toList());
        return call(linear, Lists.concat(x, Lists.at(dx, moving)), x.size());
    }

    /** The transpose of a region that is computed once more, when the cotangents are known. */
    private static List<Value> again(Graph region, List<Value> x, int firstLinear, List<Value> dy) {
        List<Value> seeds = dy.stream().filter(Objects::nonNull).toList();
        List<Integer> seeded = IntStream.range(0, dy.size())
                .filter(i -> dy.get(i) != null)
                .boxed()
                .toList();
        List<Value> cotangents =
                seeds.stream().map(seed -> Value.input("dy", seed.type())).toList();
        List<Value> linear = region.inputs().subList(firstLinear, x.size());
        List<Value> pulled = Derivatives.vjp(Lists.at(region.outputs(), seeded), linear, cotangents);
        Graph transposed = Graph.of(Lists.concat(region.inputs(), cotangents), pulled);
        List<Value> arguments = new ArrayList<>();
        for (int i = 0; i < x.size(); i++) {
            arguments.add(
                    i < firstLinear
                            ? RuledOp.after(x.get(i), seeds)
                            : Value.full(x.get(i).type(), 0));
        }
        List<Value> back = new ArrayList<>(Arrays.asList(new Value[firstLinear]));
        back.addAll(transposed.call(Lists.concat(arguments, seeds)));
        return back;
    }
}
