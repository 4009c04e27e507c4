// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.optimize.Access;
import org.sparkjno.kernels.optimize.Kernel;
import org.sparkjno.kernels.optimize.Splat;

/**
 * All that the text of a kernel depends on, in few words: kernels of one outline have the same text, which therefore need
 * not be written again. The layers of a network differ in where they read and write, and in nothing else.
 */
final class Outline {
    private static final int LINE = 64;

    private final Signature signature;
    private final Map<Value, Integer> numbers = new IdentityHashMap<>();
    private final StringBuilder outline = new StringBuilder();

    private Outline(Signature signature) {
        this.signature = signature;
    }

    /**
     * The outline of a kernel; empty where its text is as short.
     *
     * @param ranged whether the outermost axis of a loop runs over a range only
     */
    static Optional<String> of(Kernel kernel, Signature signature, boolean ranged) {
        Outline outline = new Outline(signature);
        if (kernel instanceof Kernel.Loop loop) {
            outline.word(ranged ? "ranged" : "loop").integers(loop.extents());
            outline.pointwise(loop.loads(), loop.body(), loop.stores());
            for (Kernel.Fold fold : loop.folds()) {
                outline.word(fold.reduction().name()).value(fold.value()).access(fold.access());
            }
        } else if (kernel instanceof Kernel.Contraction contraction) {
            outline.word("contraction").integers(contraction.extents()).number(contraction.rowAxis());
            for (Kernel.Sum sum : contraction.sums()) {
                outline.sum(sum);
            }
            outline.pointwise(contraction.loads(), contraction.body(), contraction.stores());
        } else {
            return Optional.empty();
        }
        return Optional.of(outline.outline.toString());
    }

    private void sum(Kernel.Sum sum) {
        word("sum").define(sum.result());
        for (Kernel.Term term : sum.terms()) {
            word(term.negative() ? "minus" : "plus")
                    .access(term.scalars())
                    .access(term.vectors())
                    .integers(term.sumExtents())
                    .integers(term.scalarSumStrides())
                    .integers(term.vectorSumStrides());
        }
    }

    private void pointwise(List<Kernel.Load> loads, List<Value> body, List<Kernel.Store> stores) {
        for (Kernel.Load load : loads) {
            word("load").access(load.access()).define(load.value());
        }
        for (Value value : body) {
            word(
                    value.op() instanceof Op.Elementwise op
                            ? op.primitive().name()
                            : value.op().text());
            for (Value operand : value.operands()) {
                value(operand);
            }
            define(value);
        }
        for (Kernel.Store store : stores) {
            word("store").value(store.value()).access(store.access());
        }
    }

    private Outline word(String word) {
        outline.append(word).append(' ');
        return this;
    }

    private Outline number(long number) {
        outline.append(number).append(' ');
        return this;
    }

    private Outline integers(List<? extends Number> integers) {
        for (Number integer : integers) {
            number(integer.longValue());
        }
        return word(";");
    }

    /** A value that what follows refers to by its number. */
    private Outline define(Value value) {
        numbers.put(value, numbers.size());
        return word(value.dtype().name());
    }

    /** A value that has been defined, or is a number known now. */
    private Outline value(Value value) {
        Integer number = numbers.get(value);
        return number != null
                ? number(number)
                : word(value.dtype().name()).word("is").word(String.valueOf(Splat.of(value)));
    }

    private Outline access(Access access) {
        return word(signature.name(access))
                .word(access.base().dtype().name())
                .number(access.base().type().bytes())
                .word(signature.isAligned(access, LINE) ? "aligned" : "any")
                .integers(access.strides());
    }
}
