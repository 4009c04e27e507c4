// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.reference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.device.Bytes;
import org.sparkjno.kernels.graph.HostOp;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/** The results of a function in Java, called with copies of its operands. */
final class HostEvaluation {
    private HostEvaluation() {}

    static List<double[]> of(Value call, List<double[]> operands) {
        HostOp op = (HostOp) call.op();
        List<ByteBuffer> in = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            ByteBuffer bytes = Bytes.of(Literal.of(call.operands().get(i).type(), operands.get(i)));
            in.add(memory(bytes.capacity())
                    .put(0, bytes, 0, bytes.capacity())
                    .asReadOnlyBuffer()
                    .order(ByteOrder.nativeOrder()));
        }
        List<ByteBuffer> out = op.results().stream()
                .map(TensorType::bytes)
                .map(Math::toIntExact)
                .map(HostEvaluation::memory)
                .toList();
        op.function()
                .run(List.copyOf(in), out.stream().map(HostEvaluation::view).toList());
        List<double[]> results = new ArrayList<>();
        for (int i = 0; i < out.size(); i++) {
            results.add(Bytes.literal(op.results().get(i), out.get(i)).toArray());
        }
        return results;
    }

    private static ByteBuffer memory(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    private static ByteBuffer view(ByteBuffer memory) {
        return memory.duplicate().order(ByteOrder.nativeOrder());
    }
}
