// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sparkjno.kernels.graph.Value;

/** Orders kernels so that one may overwrite an input that others still read. */
final class InPlaceOrder {
    private InPlaceOrder() {}

    /**
     * Moves readers of {@code input} before the kernel that makes {@code output}, if they allow it.
     *
     * @param kernels execution order, changed in place
     * @param parts values that lie inside others and therefore cannot be put elsewhere
     * @param overwritten inputs whose memory earlier outputs have taken, by output
     * @return whether the output may take the memory of the input
     */
    static boolean arrange(
            List<Kernel> kernels, Value output, Value input, Set<Value> parts, Map<Value, Value> overwritten) {
        int writer = writer(kernels, output);
        if (writer < 0 || parts.contains(output) || !overwritesPointwise(kernels.get(writer), output, input)) {
            return false;
        }
        List<Kernel> after = new ArrayList<>(kernels.subList(writer + 1, kernels.size()));
        Set<Value> dirty = Collections.newSetFromMap(new IdentityHashMap<>());
        kernels.get(writer).writes().forEach(access -> dirty.add(access.base()));
        Set<Value> needed = Collections.newSetFromMap(new IdentityHashMap<>());
        kernels.get(writer).reads().forEach(access -> needed.add(access.base()));
        List<Kernel> early = new ArrayList<>();
        List<Kernel> late = new ArrayList<>();
        for (Kernel kernel : after) {
            boolean depends = kernel.reads().stream().anyMatch(access -> dirty.contains(access.base()))
                    || kernel.writes().stream()
                            .map(Access::base)
                            .anyMatch(base ->
                                    dirty.contains(base) || needed.contains(overwritten.getOrDefault(base, base)));
            if (depends) {
                if (kernel.reads().stream().anyMatch(access -> access.base() == input)) {
                    return false;
                }
                kernel.writes().forEach(access -> dirty.add(access.base()));
                kernel.reads().forEach(access -> needed.add(access.base()));
                late.add(kernel);
            } else {
                early.add(kernel);
            }
        }
        List<Kernel> ordered = new ArrayList<>(kernels.subList(0, writer));
        ordered.addAll(early);
        ordered.add(kernels.get(writer));
        ordered.addAll(late);
        kernels.clear();
        kernels.addAll(ordered);
        return true;
    }

    private static int writer(List<Kernel> kernels, Value output) {
        int writer = -1;
        for (int i = 0; i < kernels.size(); i++) {
            if (kernels.get(i).writes().stream().anyMatch(access -> access.base() == output)) {
                if (writer >= 0) {
                    return -1;
                }
                writer = i;
            }
        }
        return writer;
    }

    /** Whether every point of the input is read for the last time just where the output is written. */
    private static boolean overwritesPointwise(Kernel kernel, Value output, Value input) {
        if (kernel.isPeriodic()) {
            return kernel.reads().stream().noneMatch(access -> access.base() == input);
        }
        if (kernel instanceof Kernel.Loop loop) {
            boolean folded =
                    loop.folds().stream().anyMatch(fold -> fold.access().base() == output);
            return readsWhereItWrites(loop.loads(), loop.stores(), output, input)
                    && (!folded || loop.reads().stream().noneMatch(access -> access.base() == input));
        }
        if (kernel instanceof Kernel.Contraction contraction) {
            return readsWhereItWrites(contraction.loads(), contraction.stores(), output, input)
                    && contraction.terms().stream()
                            .noneMatch(term -> term.scalars().base() == input
                                    || term.vectors().base() == input);
        }
        return kernel.reads().stream().noneMatch(access -> access.base() == input);
    }

    private static boolean readsWhereItWrites(
            List<Kernel.Load> loads, List<Kernel.Store> stores, Value output, Value input) {
        List<Access> writes = stores.stream()
                .map(Kernel.Store::access)
                .filter(access -> access.base() == output)
                .toList();
        return loads.stream()
                .map(Kernel.Load::access)
                .filter(access -> access.base() == input)
                .allMatch(read -> writes.stream()
                        .allMatch(write -> read.offset() == write.offset()
                                && read.strides().equals(write.strides())));
    }
}
