// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.Value;

/**
 * The linearisation of one iteration of a loop.
 *
 * @param graph from the inputs of the body, then tangents of the moving ones, to its outputs, then tangents of the moved
 *     ones
 * @param moving inputs that move in some iteration, in order
 * @param moved outputs that move, in order; a carry moves as input and as output, or not at all
 */
record BodyTangent(Graph graph, List<Integer> moving, List<Integer> moved) {
    /**
     * Linearises the body of a loop. A carry that starts at rest moves as soon as one iteration moves it.
     *
     * @param first inputs that move in the first iteration
     */
    static BodyTangent of(LoopOp.Scan scan, List<Integer> first) {
        Graph body = scan.body();
        SortedSet<Integer> moving = new TreeSet<>(first);
        while (true) {
            List<Value> inputs = moving.stream().map(body.inputs()::get).toList();
            List<Value> directions = inputs.stream()
                    .map(input -> Value.input("direction", input.type()))
                    .toList();
            Pushforward pushforward = new Pushforward(body.outputs(), inputs, directions);
            List<Integer> moved = IntStream.range(0, body.outputs().size())
                    .filter(i -> pushforward.tangent(body.outputs().get(i)) != null
                            || i < scan.carries() && moving.contains(i))
                    .boxed()
                    .toList();
            if (!moving.addAll(moved.stream().filter(i -> i < scan.carries()).toList())) {
                List<Value> outputs = new ArrayList<>(body.outputs());
                moved.forEach(i ->
                        outputs.add(pushforward.tangentOrZero(body.outputs().get(i))));
                return new BodyTangent(
                        Graph.of(Lists.concat(body.inputs(), directions), outputs), List.copyOf(moving), moved);
            }
        }
    }
}
