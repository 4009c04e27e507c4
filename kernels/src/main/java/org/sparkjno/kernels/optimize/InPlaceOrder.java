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
        addBases(kernels.get(writer).writes(), dirty);
        Set<Value> needed = Collections.newSetFromMap(new IdentityHashMap<>());
        addBases(kernels.get(writer).reads(), needed);
        List<Kernel> early = new ArrayList<>();
        List<Kernel> late = new ArrayList<>();
        boolean exchanged = kernels.get(writer) instanceof Kernel.Exchange;
        for (Kernel kernel : after) {
            // Collectives stay in their order, which is that of all ranks.
            boolean exchange = kernel instanceof Kernel.Exchange;
            if (exchange && exchanged || depends(kernel, dirty, needed, overwritten)) {
                exchanged |= exchange;
                if (kernel.reads(input)) {
                    return false;
                }
                addBases(kernel.writes(), dirty);
                addBases(kernel.reads(), needed);
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

    private static void addBases(List<Access> accesses, Set<Value> bases) {
        for (Access access : accesses) {
            bases.add(access.base());
        }
    }

    /** Whether a kernel reads what has changed, or writes to what has changed or is still needed. */
    private static boolean depends(Kernel kernel, Set<Value> dirty, Set<Value> needed, Map<Value, Value> overwritten) {
        for (Access access : kernel.reads()) {
            if (dirty.contains(access.base())) {
                return true;
            }
        }
        for (Access access : kernel.writes()) {
            Value base = access.base();
            if (dirty.contains(base) || needed.contains(overwritten.getOrDefault(base, base))) {
                return true;
            }
        }
        return false;
    }

    private static int writer(List<Kernel> kernels, Value output) {
        int writer = -1;
        for (int i = 0; i < kernels.size(); i++) {
            if (kernels.get(i).writes(output)) {
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
            return !kernel.reads(input);
        }
        if (kernel instanceof Kernel.Loop loop) {
            return readsWhereItWrites(loop.loads(), loop.stores(), output, input)
                    && !(folds(loop, output) && loop.reads(input));
        }
        if (kernel instanceof Kernel.Contraction contraction) {
            return readsWhereItWrites(contraction.loads(), contraction.stores(), output, input)
                    && !multiplies(contraction, input);
        }
        return !kernel.reads(input);
    }

    private static boolean folds(Kernel.Loop loop, Value output) {
        for (Kernel.Fold fold : loop.folds()) {
            if (fold.access().base() == output) {
                return true;
            }
        }
        return false;
    }

    private static boolean multiplies(Kernel.Contraction contraction, Value input) {
        for (Kernel.Term term : contraction.terms()) {
            if (term.scalars().base() == input || term.vectors().base() == input) {
                return true;
            }
        }
        return false;
    }

    private static boolean readsWhereItWrites(
            List<Kernel.Load> loads, List<Kernel.Store> stores, Value output, Value input) {
        for (Kernel.Load load : loads) {
            for (Kernel.Store store : stores) {
                Access read = load.access();
                Access write = store.access();
                boolean same = read.offset() == write.offset() && read.strides().equals(write.strides());
                if (read.base() == input && write.base() == output && !same) {
                    return false;
                }
            }
        }
        return true;
    }
}
