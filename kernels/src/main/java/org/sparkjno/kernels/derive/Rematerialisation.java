// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
     * A region that is computed again. What it uses beside its arguments is kept like these, and so is what it computes
     * from that alone.
     *
     * @param function the region
     * @param x its arguments
     * @return its results
     */
    public static List<Value> remat(UnaryOperator<List<Value>> function, List<Value> x) {
        List<Value> inputs =
                x.stream().map(value -> Value.input("x", value.type())).toList();
        Closure closure = Closure.of(inputs, function.apply(inputs));
        Region region =
                new Region(closure.graph(), x.size(), closure.graph().inputs().size());
        return region.call(Lists.concat(x, closure.captured()));
    }

    /**
     * A region.
     *
     * @param graph computes it
     * @param arguments number of inputs whose users are computed again
     * @param firstLinear position of the first of the inputs in which it is linear, the last ones
     */
    private record Region(Graph graph, int arguments, int firstLinear) {
        List<Value> call(List<Value> x) {
            CustomRule rule =
                    new CustomRule("remat", Optional.of(this::tangents), Optional.of(this::cotangents), false);
            return RuledOp.custom(rule, graph.call(x), x);
        }

        /** The linearisation of a region is a region, linear in the tangents. */
        private List<Value> tangents(List<Value> x, List<Value> y, List<Value> dx) {
            List<Integer> moving = IntStream.range(0, x.size())
                    .filter(i -> dx.get(i) != null)
                    .boxed()
                    .toList();
            List<Value> inputs = Lists.at(graph.inputs(), moving);
            List<Value> directions = inputs.stream()
                    .map(input -> Value.input("dx", input.type()))
                    .toList();
            Pushforward pushforward = new Pushforward(graph.outputs(), inputs, directions);
            Graph pushed = Graph.of(
                    Lists.concat(graph.inputs(), directions),
                    graph.outputs().stream().map(pushforward::tangentOrZero).toList());
            return new Region(pushed, arguments, x.size()).call(Lists.concat(x, Lists.at(dx, moving)));
        }

        /** The transpose of a region that is computed once more, when the cotangents are known. */
        private List<Value> cotangents(List<Value> x, List<Value> dy) {
            List<Integer> seeded = IntStream.range(0, dy.size())
                    .filter(i -> dy.get(i) != null)
                    .boxed()
                    .toList();
            List<Value> seeds = Lists.at(dy, seeded);
            List<Value> inputs =
                    seeds.stream().map(seed -> Value.input("dy", seed.type())).toList();
            List<Value> linear = graph.inputs().subList(firstLinear, x.size());
            List<Value> pulled = Derivatives.vjp(Lists.at(graph.outputs(), seeded), linear, inputs);
            List<Value> late = new ArrayList<>();
            for (int i = 0; i < x.size(); i++) {
                Value kept = i < firstLinear ? x.get(i) : Value.full(x.get(i).type(), 0);
                late.add(i < arguments ? RuledOp.after(kept, seeds) : kept);
            }
            List<Value> back = new ArrayList<>(Arrays.asList(new Value[firstLinear]));
            back.addAll(Graph.of(Lists.concat(graph.inputs(), inputs), pulled).call(Lists.concat(late, seeds)));
            return back;
        }
    }
}
