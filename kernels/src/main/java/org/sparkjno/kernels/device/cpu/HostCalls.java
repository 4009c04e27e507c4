// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sparkjno.kernels.graph.HostFunction;
import org.sparkjno.kernels.graph.TensorType;

/** The functions in Java that machine code calls, by the numbers under which it knows them. */
final class HostCalls {
    /** A function with the sizes of its operands and results in bytes. */
    private record Call(HostFunction function, List<Long> operands, List<Long> results) {}

    private final List<Call> calls;

    /**
     * The functions of a program.
     *
     * @throws IllegalArgumentException when an operand or a result is too large for one buffer
     */
    HostCalls(List<Plan.Call> calls) {
        this.calls = calls.stream().map(HostCalls::call).toList();
    }

    private static Call call(Plan.Call call) {
        HostFunction function = call.op().function();
        List<Long> results = call.op().results().stream().map(TensorType::bytes).toList();
        Stream.concat(call.operands().stream(), results.stream())
                .filter(bytes -> bytes > Integer.MAX_VALUE)
                .findFirst()
                .ifPresent(bytes -> {
                    throw new IllegalArgumentException("The host function '" + function.name()
                            + "' takes operands and gives results of up to 2 GiB, but one has " + bytes + " bytes.");
                });
        return new Call(function, call.operands(), results);
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    /**
     * Calls a function.
     *
     * @param number which one
     * @param at address of the addresses of its operands, then of its results
     */
    void run(int number, long at) {
        Call call = calls.get(number);
        int operands = call.operands.size();
        int count = operands + call.results.size();
        ByteBuffer addresses = memory(at, 8L * count);
        List<ByteBuffer> in = new ArrayList<>();
        List<ByteBuffer> out = new ArrayList<>();
        for (int i = 0; i < operands; i++) {
            in.add(memory(addresses.getLong(8 * i), call.operands.get(i))
                    .asReadOnlyBuffer()
                    .order(ByteOrder.nativeOrder()));
        }
        for (int i = operands; i < count; i++) {
            out.add(memory(addresses.getLong(8 * i), call.results.get(i - operands)));
        }
        call.function.run(List.copyOf(in), List.copyOf(out));
    }

    private static ByteBuffer memory(long address, long bytes) {
        return Native.buffer(address, bytes).order(ByteOrder.nativeOrder());
    }
}
