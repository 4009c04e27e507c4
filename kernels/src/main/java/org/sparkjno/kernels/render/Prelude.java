// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.optimize.Kernel;
import org.sparkjno.kernels.random.Threefry;
import org.sparkjno.kernels.scalar.MathLibrary;
import org.sparkjno.kernels.scalar.Precision;
import org.sparkjno.kernels.scalar.Primitive;

/** What stands before the kernels of a program. */
final class Prelude {
    private Prelude() {}

    /** Vector types and the scalar functions that kernels with these texts call. */
    static String of(Collection<Kernel> kernels, Collection<String> texts, Dialect dialect) {
        Map<Precision, Set<Primitive>> used = new EnumMap<>(Precision.class);
        for (Kernel kernel : kernels) {
            List<Value> body = kernel instanceof Kernel.Loop loop
                    ? loop.body()
                    : kernel instanceof Kernel.Contraction contraction ? contraction.body() : List.of();
            for (Value value : body) {
                if (value.op() instanceof Op.Elementwise op) {
                    DType dtype =
                            value.operands().get(value.operands().size() - 1).dtype();
                    used.computeIfAbsent(CType.precision(dtype), key -> EnumSet.noneOf(Primitive.class))
                            .add(op.primitive());
                }
            }
            if (kernel instanceof Kernel.Loop loop) {
                for (Kernel.Fold fold : loop.folds()) {
                    used.computeIfAbsent(CType.precision(fold.value().dtype()), key -> EnumSet.noneOf(Primitive.class))
                            .addAll(Set.of(Primitive.MAX, Primitive.MIN));
                }
            }
        }
        StringBuilder prelude = new StringBuilder(dialect.prelude());
        if (calls(texts, "jno_widen") || calls(texts, "jno_narrow")) {
            prelude.append(CType.bfloat16(dialect));
        }
        if (calls(texts, "jno_threefry")) {
            prelude.append(Threefry.definition());
        }
        used.forEach((precision, primitives) -> prelude.append(MathLibrary.definitions(primitives, precision)));
        return prelude.append('\n').toString();
    }

    private static boolean calls(Collection<String> texts, String function) {
        return texts.stream().anyMatch(text -> text.contains(function + "("));
    }
}
