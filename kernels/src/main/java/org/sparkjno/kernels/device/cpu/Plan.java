// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.device.Bytes;
import org.sparkjno.kernels.graph.CollectiveOp;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.HostOp;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.optimize.Access;
import org.sparkjno.kernels.optimize.Kernel;
import org.sparkjno.kernels.optimize.Schedule;
import org.sparkjno.kernels.optimize.Slot;
import org.sparkjno.kernels.render.Program;

/**
 * What a run needs of a schedule once its program is compiled.
 *
 * @param library the machine code
 * @param entries names of the functions to call in order
 * @param parallel whether the machine code wants the pool of threads
 * @param arenaBytes size of the arena
 * @param constants their memory
 * @param transfers between two entries each
 * @param hostCalls functions in Java, by number
 */
record Plan(
        Path library,
        List<String> entries,
        boolean parallel,
        long arenaBytes,
        byte[] constants,
        List<Transfer> transfers,
        List<Call> hostCalls) {
    /**
     * Dense memory of a value.
     *
     * @param slot where it starts
     * @param bytes its size
     */
    record Place(Slot slot, long bytes) {
        private static Place of(Access access, Value value, Schedule schedule) {
            long ahead = access.offset() * value.dtype().bytes();
            return new Place(
                    schedule.slot(access.base()).plus(ahead), value.type().bytes());
        }
    }

    /**
     * An exchange of values with other ranks.
     *
     * @param op what the ranks do
     * @param dtype element type
     * @param operand this rank's operand
     * @param work memory for the values of all ranks
     * @param result where the result goes
     */
    record Transfer(CollectiveOp op, DType dtype, Place operand, Place work, Place result) {
        private static Transfer of(Kernel.Exchange exchange, Schedule schedule) {
            Value operand = exchange.value().operands().get(0);
            return new Transfer(
                    exchange.op(),
                    operand.dtype(),
                    Place.of(exchange.operand(), operand, schedule),
                    Place.of(exchange.work(), exchange.work().base(), schedule),
                    Place.of(exchange.result(), exchange.value(), schedule));
        }
    }

    /**
     * A call of a function in Java.
     *
     * @param op what is called
     * @param operands sizes in bytes
     */
    record Call(HostOp op, List<Long> operands) {
        private static Call of(Kernel.HostCall call) {
            return new Call(
                    call.op(),
                    call.value().operands().stream()
                            .map(operand -> operand.type().bytes())
                            .toList());
        }
    }

    /** The plan of a compiled program. */
    static Plan of(Schedule schedule, Program program, Path library) {
        List<Transfer> transfers = new ArrayList<>();
        for (Kernel kernel : schedule.kernels()) {
            if (kernel instanceof Kernel.Exchange exchange) {
                transfers.add(Transfer.of(exchange, schedule));
            }
        }
        return new Plan(
                library,
                program.entries(),
                program.isParallel(),
                schedule.arenaBytes(),
                constants(schedule),
                transfers,
                program.hostCalls().stream().map(Call::of).toList());
    }

    private static byte[] constants(Schedule schedule) {
        ByteBuffer memory =
                ByteBuffer.allocate(Math.toIntExact(schedule.constants().bytes()));
        for (Map.Entry<Literal, Long> constant : schedule.constants().offsets().entrySet()) {
            ByteBuffer bytes = Bytes.of(constant.getKey());
            memory.put(Math.toIntExact(constant.getValue()), bytes, 0, bytes.remaining());
        }
        return memory.array();
    }
}
