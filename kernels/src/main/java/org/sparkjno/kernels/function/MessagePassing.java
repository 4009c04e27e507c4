// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import java.util.List;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * The edges of a graph as paths of messages: J. Gilmer, S. S. Schoenholz, P. F. Riley, O. Vinyals, G. E. Dahl, "Neural
 * message passing for quantum chemistry", ICML 2017, equation 1.
 *
 * <pre>{@code
 * Value messages = mlp.apply(Value.concat(1, List.of(edges.fromSenders(h), edges.fromReceivers(h), lengths)));
 * Value next = h.plus(update.apply(edges.sum(messages)));
 * }</pre>
 *
 * @param senders the node where each edge begins, i32 or i64, [edges]
 * @param receivers the node where it ends, of the same type
 * @param nodes number of nodes; edges from or to other numbers carry nothing, which makes room for padding
 */
public record MessagePassing(Value senders, Value receivers, int nodes) {
    public MessagePassing {
        if (!senders.type().equals(receivers.type()) || senders.shape().rank() != 1) {
            throw new ShapeException("Senders and receivers are one list of nodes each, of one length, but got "
                    + senders.type() + " and " + receivers.type() + ".");
        }
    }

    /** What each edge finds where it begins: {@code [nodes, rest…]} to {@code [edges, rest…]}. */
    public Value fromSenders(Value features) {
        return required(features).gather(senders);
    }

    /** What each edge finds where it ends: {@code [nodes, rest…]} to {@code [edges, rest…]}. */
    public Value fromReceivers(Value features) {
        return required(features).gather(receivers);
    }

    /** The sum of the messages that arrive at each node: {@code [edges, rest…]} to {@code [nodes, rest…]}. */
    public Value sum(Value messages) {
        return messages.scatterAdd(receivers, nodes);
    }

    /** The mean of the messages that arrive at each node, 0 where none does. */
    public Value mean(Value messages) {
        Value sum = sum(messages);
        Value ones = Value.full(messages.type().with(receivers.shape()), 1);
        Value arrived = ones.scatterAdd(receivers, nodes);
        Value divisor = arrived.apply(Primitive.MAX, Value.full(arrived.type(), 1));
        return sum.div(divisor.broadcast(sum.shape(), List.of(0)));
    }

    private Value required(Value features) {
        if (features.shape().rank() == 0 || features.shape().dim(0) != nodes) {
            throw new ShapeException("A graph of " + nodes + " nodes needs features [" + nodes + ", …], but got "
                    + features.type() + ".");
        }
        return features;
    }
}
