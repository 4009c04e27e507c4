// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Value;

/**
 * What one run of a kernel costs at least: each element that it touches moves once, each operation counts one, be it an
 * addition or a hyperbolic tangent, and a product with its sum two.
 *
 * @param bytesRead from memory
 * @param bytesWritten to memory
 * @param flops operations
 */
public record Cost(long bytesRead, long bytesWritten, long flops) {
    private static final Cost NONE = new Cost(0, 0, 0);

    /** The cost of a kernel. */
    public static Cost of(Kernel kernel) {
        if (kernel instanceof Kernel.Contraction contraction) {
            return of(contraction);
        }
        if (kernel instanceof Kernel.Repeat repeat) {
            return repeat.body().kernels().stream()
                    .map(Cost::of)
                    .reduce(NONE, Cost::plus)
                    .times(repeat.length());
        }
        if (kernel instanceof Kernel.Loop loop) {
            long points = points(loop.extents());
            return new Cost(
                    bytes(loop.reads(), loop.extents()),
                    bytes(loop.writes(), loop.extents()),
                    points * (operations(loop.body()) + loop.folds().size()));
        }
        long flops = kernel instanceof Kernel.Dedicated ? points(kernel.extents()) : 0;
        return new Cost(whole(kernel.reads()), whole(kernel.writes()), flops);
    }

    private static Cost of(Kernel.Contraction kernel) {
        long read = bytes(kernel.loads().stream().map(Kernel.Load::access).toList(), kernel.extents());
        long products = 0;
        for (Kernel.Term term : kernel.terms()) {
            List<Integer> extents = joined(kernel.extents(), term.sumExtents());
            products += points(extents);
            read += bytes(List.of(along(term.scalars(), term.scalarSumStrides())), extents);
            read += bytes(List.of(along(term.vectors(), term.vectorSumStrides())), extents);
        }
        long epilogue = points(kernel.extents()) * operations(kernel.body());
        return new Cost(read, bytes(kernel.writes(), kernel.extents()), 2 * products + epilogue);
    }

    private static Access along(Access access, List<Long> sumStrides) {
        return access.with(joined(access.strides(), sumStrides));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> joined = new ArrayList<>(first);
        joined.addAll(second);
        return joined;
    }

    private static long points(List<Integer> extents) {
        return extents.stream().mapToLong(Integer::intValue).reduce(1, (a, b) -> a * b);
    }

    private static long operations(List<Value> body) {
        return body.stream()
                .filter(value -> value.op() instanceof Op.Elementwise)
                .count();
    }

    private static long bytes(List<Access> accesses, List<Integer> extents) {
        long bytes = 0;
        for (Access access : Set.copyOf(accesses)) {
            long elements = 1;
            for (int axis = 0; axis < extents.size(); axis++) {
                elements *= access.strides().get(axis) == 0 ? 1 : extents.get(axis);
            }
            bytes += Math.min(elements, access.base().shape().size())
                    * access.base().dtype().bytes();
        }
        return bytes;
    }

    /** Operations that choose what they touch are taken to touch all of it. */
    private static long whole(List<Access> accesses) {
        return new HashSet<>(accesses)
                .stream().mapToLong(access -> access.base().type().bytes()).sum();
    }

    private Cost plus(Cost other) {
        return new Cost(bytesRead + other.bytesRead, bytesWritten + other.bytesWritten, flops + other.flops);
    }

    private Cost times(long runs) {
        return new Cost(runs * bytesRead, runs * bytesWritten, runs * flops);
    }
}
