// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.optimize.Access;
import org.sparkjno.kernels.optimize.Kernel;

/**
 * What one thread does at a few points in a row: where they are neighbours in memory it moves them as one vector, in
 * between it works on them one by one.
 */
final class VectorPoints {
    private final Signature signature;
    private final CText text;
    private final Dialect dialect;
    private final int axis;
    private final int lanes;
    /** Arrays in registers that stand for memory. */
    private final Map<Access, String> staged = new IdentityHashMap<>();

    /**
     * Points in a row, of which the first one has a multiple of {@code lanes} for its index.
     *
     * @param axis along which they lie
     * @param lanes how many there are
     */
    VectorPoints(Signature signature, CText text, int axis, int lanes) {
        this.signature = signature;
        this.text = text;
        this.dialect = text.dialect();
        this.axis = axis;
        this.lanes = lanes;
    }

    /** How many points make the longest vector, where all of them lie along the last axis of a loop. */
    static int lanes(Kernel.Loop loop) {
        int bytes = 1;
        for (Access access : loop.reads()) {
            bytes = Math.max(bytes, access.base().dtype().bytes());
        }
        for (Access access : loop.writes()) {
            bytes = Math.max(bytes, access.base().dtype().bytes());
        }
        int rank = loop.extents().size();
        int lanes = rank == 0 || bytes < 4 ? 1 : CudaDialect.VECTOR_BYTES / bytes;
        return rank > 0 && loop.extents().get(rank - 1) % lanes == 0 ? lanes : 1;
    }

    /**
     * Writes the statements.
     *
     * @param first index of the first point
     * @param given declares what other text has computed at point {@code c} of the row
     */
    void write(
            List<String> first,
            List<Kernel.Load> loads,
            List<Value> values,
            List<Kernel.Store> stores,
            Consumer<Body> given) {
        for (Kernel.Load load : loads) {
            if (isVector(load.access())) {
                String name = stage(load.access());
                String vector = dialect.load(dtype(load.access()), lanes, pointer(load.access(), first), true);
                text.line("%s", dialect.store(dtype(load.access()), lanes, name, true, vector));
            }
        }
        List<Kernel.Store> vectors =
                stores.stream().filter(store -> isVector(store.access())).toList();
        vectors.forEach(store -> stage(store.access()));
        List<String> at = new ArrayList<>(first);
        if (lanes > 1) {
            text.vectorLoop("c", lanes);
            at.set(axis, "(" + first.get(axis) + " + c)");
        }
        Body body = new Body(signature, at, Reach.ALL);
        given.accept(body);
        for (Kernel.Load load : loads) {
            if (staged.containsKey(load.access())) {
                body.declare(text, load.value(), staged.get(load.access()) + "[c]");
            } else {
                body.load(text, load);
            }
        }
        values.forEach(value -> body.compute(text, value));
        for (Kernel.Store store : stores) {
            if (vectors.contains(store)) {
                text.line("%s[c] = %s;", staged.get(store.access()), body.name(store.value()));
            } else {
                body.store(text, store);
            }
        }
        if (lanes > 1) {
            text.close();
        }
        for (Kernel.Store store : vectors) {
            DType dtype = dtype(store.access());
            String vector = dialect.load(dtype, lanes, staged.get(store.access()), true);
            text.line("%s", dialect.store(dtype, lanes, pointer(store.access(), first), true, vector));
        }
    }

    private boolean isVector(Access access) {
        DType dtype = dtype(access);
        return lanes > 1
                && (dtype == DType.F32 || dtype == DType.F64)
                && lanes * dtype.bytes() <= CudaDialect.VECTOR_BYTES
                && access.strides().get(axis) == 1
                && signature.aligned(access, axis, List.of(), lanes);
    }

    private String stage(Access access) {
        String name = "q" + staged.size();
        staged.put(access, name);
        text.line(
                "%s %s[%d] __attribute__((aligned(%d)));",
                CType.memory(dtype(access)), name, lanes, CudaDialect.VECTOR_BYTES);
        return name;
    }

    private String pointer(Access access, List<String> first) {
        return signature.name(access) + " + " + Body.index(access.strides(), first);
    }

    private static DType dtype(Access access) {
        return access.base().dtype();
    }
}
