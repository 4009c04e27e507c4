// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.ArrayList;
import java.util.List;
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

    /** An access with the extents of the axes that it runs along. */
    private record Sweep(Access access, List<Integer> extents) {
        long bytes() {
            long elements = 1;
            for (int axis = 0; axis < extents.size(); axis++) {
                elements *= access.strides().get(axis) == 0 ? 1 : extents.get(axis);
            }
            Value base = access.base();
            return Math.min(elements, base.shape().size()) * base.dtype().bytes();
        }
    }

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
            long operations = operations(loop.body()) + loop.folds().size();
            return new Cost(
                    bytes(sweeps(loop.reads(), loop.extents())),
                    bytes(sweeps(loop.writes(), loop.extents())),
                    points(loop.extents()) * operations);
        }
        long flops = kernel instanceof Kernel.Dedicated ? points(kernel.extents()) : 0;
        return new Cost(whole(kernel.reads()), whole(kernel.writes()), flops);
    }

    private static Cost of(Kernel.Contraction kernel) {
        List<Access> loads = kernel.loads().stream().map(Kernel.Load::access).toList();
        List<Sweep> read = new ArrayList<>(sweeps(loads, kernel.extents()));
        long products = 0;
        for (Kernel.Term term : kernel.terms()) {
            List<Integer> extents = joined(kernel.extents(), term.sumExtents());
            products += points(extents);
            read.add(new Sweep(along(term.scalars(), term.scalarSumStrides()), extents));
            read.add(new Sweep(along(term.vectors(), term.vectorSumStrides()), extents));
        }
        long epilogue = points(kernel.extents()) * operations(kernel.body());
        return new Cost(bytes(read), bytes(sweeps(kernel.writes(), kernel.extents())), 2 * products + epilogue);
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

    private static List<Sweep> sweeps(List<Access> accesses, List<Integer> extents) {
        return accesses.stream().map(access -> new Sweep(access, extents)).toList();
    }

    /** What is read twice in the same way moves once. */
    private static long bytes(List<Sweep> sweeps) {
        return sweeps.stream().distinct().mapToLong(Sweep::bytes).sum();
    }

    /** Operations that choose what they touch are taken to touch all of it. */
    private static long whole(List<Access> accesses) {
        return accesses.stream()
                .map(Access::base)
                .distinct()
                .mapToLong(base -> base.type().bytes())
                .sum();
    }

    private Cost plus(Cost other) {
        return new Cost(bytesRead + other.bytesRead, bytesWritten + other.bytesWritten, flops + other.flops);
    }

    /** The cost of so many runs. */
    public Cost times(long runs) {
        return new Cost(runs * bytesRead, runs * bytesWritten, runs * flops);
    }
}
