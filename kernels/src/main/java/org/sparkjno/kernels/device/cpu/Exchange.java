// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.nio.ByteBuffer;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.collective.Reduction;
import org.sparkjno.kernels.collective.Values;
import org.sparkjno.kernels.graph.CollectiveOp;
import org.sparkjno.kernels.graph.DType;

/** A collective of a program, bound to the memory it works in. */
final class Exchange implements CollectiveOp.Visitor<Void> {
    private final CollectiveOp op;
    private final Collective world;
    private final ByteBuffer operand;
    private final ByteBuffer work;
    private final ByteBuffer result;
    private final Values values;

    /**
     * A collective.
     *
     * @param op what the ranks do
     * @param world the ranks
     * @param dtype element type, f32 or f64
     * @param operand this rank's operand
     * @param work memory for the values of all ranks, which may be that of the result
     * @param result where the result goes
     */
    Exchange(CollectiveOp op, Collective world, DType dtype, ByteBuffer operand, ByteBuffer work, ByteBuffer result) {
        this.op = op;
        this.world = world;
        this.operand = operand;
        this.work = work;
        this.result = result;
        this.values = dtype == DType.F64 ? Values.of(work.asDoubleBuffer()) : Values.of(work.asFloatBuffer());
    }

    void run() {
        op.dispatch(this);
    }

    @Override
    public Void visit(CollectiveOp.AllReduce all) {
        copy(operand, 0, work, 0, work.capacity());
        boolean sum = all.reduction() == org.sparkjno.kernels.graph.Reduction.SUM;
        world.allReduce(values, sum ? Reduction.SUM : Reduction.MAX);
        return null;
    }

    @Override
    public Void visit(CollectiveOp.AllGather all) {
        copy(operand, 0, work, world.rank() * operand.capacity(), operand.capacity());
        world.allGather(values);
        return null;
    }

    @Override
    public Void visit(CollectiveOp.ReduceScatter scatter) {
        copy(operand, 0, work, 0, work.capacity());
        world.reduceScatter(values, Reduction.SUM);
        copy(work, world.rank() * result.capacity(), result, 0, result.capacity());
        return null;
    }

    private static void copy(ByteBuffer from, int start, ByteBuffer to, int at, int bytes) {
        to.put(at, from, start, bytes);
    }
}
