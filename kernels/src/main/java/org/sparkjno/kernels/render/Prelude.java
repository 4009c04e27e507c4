// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.RandomBits;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.optimize.Access;
import org.sparkjno.kernels.optimize.Kernel;
import org.sparkjno.kernels.random.Threefry;
import org.sparkjno.kernels.scalar.MathLibrary;
import org.sparkjno.kernels.scalar.Precision;
import org.sparkjno.kernels.scalar.Primitive;

/** What stands before the kernels of a program. */
final class Prelude {
    private Prelude() {}

    /** Vector types and the scalar functions that kernels call. */
    static String of(Collection<Kernel> kernels, Dialect dialect) {
        Map<Precision, Set<Primitive>> used = new EnumMap<>(Precision.class);
        for (Precision precision : Precision.values()) {
            used.put(precision, EnumSet.noneOf(Primitive.class));
        }
        boolean halves = false;
        boolean random = false;
        for (Kernel kernel : kernels) {
            for (Value value : body(kernel)) {
                if (value.op() instanceof Op.Elementwise op) {
                    DType dtype =
                            value.operands().get(value.operands().size() - 1).dtype();
                    used.get(CType.precision(dtype)).add(op.primitive());
                }
                halves |= value.dtype() == DType.BF16;
            }
            if (kernel instanceof Kernel.Loop loop) {
                for (Kernel.Fold fold : loop.folds()) {
                    Collections.addAll(used.get(CType.precision(fold.value().dtype())), Primitive.MAX, Primitive.MIN);
                }
            }
            halves |= touchesHalves(kernel.reads()) || touchesHalves(kernel.writes());
            random |= kernel instanceof Kernel.Dedicated dedicated
                    && dedicated.value().op() instanceof RandomBits;
        }
        StringBuilder prelude = new StringBuilder(dialect.prelude());
        if (halves) {
            prelude.append(CType.bfloat16(dialect));
        }
        if (random) {
            prelude.append(Threefry.definition());
        }
        for (Map.Entry<Precision, Set<Primitive>> called : used.entrySet()) {
            prelude.append(MathLibrary.definitions(called.getValue(), called.getKey()));
        }
        return prelude.append('\n').toString();
    }

    private static List<Value> body(Kernel kernel) {
        if (kernel instanceof Kernel.Loop loop) {
            return loop.body();
        }
        return kernel instanceof Kernel.Contraction contraction ? contraction.body() : List.of();
    }

    private static boolean touchesHalves(List<Access> accesses) {
        for (Access access : accesses) {
            if (access.base().dtype() == DType.BF16) {
                return true;
            }
        }
        return false;
    }
}
