// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.optimize.Access;
import org.sparkjno.kernels.optimize.Kernel;
import org.sparkjno.kernels.optimize.Splat;
import org.sparkjno.kernels.scalar.Precision;
import org.sparkjno.kernels.scalar.Primitive;

/** What a kernel does at one point of its iteration space, as C statements on scalars. */
final class Body {
    private final Map<Value, String> names = new IdentityHashMap<>();
    private final Signature signature;
    private final List<String> indices;
    private final Reach reach;

    /**
     * A body under construction.
     *
     * @param signature the kernel's pointers
     * @param indices names of the loop indices, one per axis of the iteration space
     * @param reach which arguments of periodic functions it is for
     */
    Body(Signature signature, List<String> indices, Reach reach) {
        this.signature = signature;
        this.indices = List.copyOf(indices);
        this.reach = reach;
    }

    /** Declares a value that other text has computed. */
    void declare(CText text, Value value, String expression) {
        names.put(value, "v" + names.size());
        text.line("const %s %s = %s;", CType.register(value.dtype()), names.get(value), expression);
    }

    /** Takes values from memory, computes others, and stores what is to be kept. */
    void write(CText text, List<Kernel.Load> loads, List<Value> values, List<Kernel.Store> stores) {
        for (Kernel.Load load : loads) {
            load(text, load);
        }
        for (Value value : values) {
            compute(text, value);
        }
        for (Kernel.Store store : stores) {
            store(text, store);
        }
    }

    void load(CText text, Kernel.Load load) {
        String element = element(load.access());
        declare(text, load.value(), CType.loaded(load.value().dtype(), element));
    }

    void compute(CText text, Value value) {
        List<String> operands = new ArrayList<>(value.operands().size());
        for (Value operand : value.operands()) {
            operands.add(name(operand));
        }
        if (value.op() instanceof Op.Cast cast) {
            declare(text, value, CType.cast(cast.to(), operands.get(0)));
        } else if (value.op() instanceof Op.Elementwise op && reach.shortens(op.primitive())) {
            Precision precision = CType.precision(value.dtype());
            text.line("%s |= %s;", Reach.FLAG, op.primitive().far(precision, operands.get(0)));
            declare(text, value, op.primitive().near(precision, operands.get(0)));
        } else if (value.op() instanceof Op.Elementwise op) {
            declare(text, value, spell(op.primitive(), operandType(value), operands));
        } else {
            throw new IllegalStateException(value + " is not computed point by point.");
        }
    }

    void store(CText text, Kernel.Store store) {
        text.line(
                "%s = %s;", element(store.access()), CType.stored(store.value().dtype(), name(store.value())));
    }

    /** A primitive applied to expressions of an element type. */
    static String spell(Primitive primitive, DType dtype, List<String> operands) {
        return dtype.isFloating() ? primitive.c(CType.precision(dtype), operands) : whole(primitive, operands);
    }

    /** The same for whole numbers, where the scalar table calls functions of floating-point ones. */
    private static String whole(Primitive primitive, List<String> x) {
        return switch (primitive) {
            case MIN -> "(%1$s < %2$s ? %1$s : %2$s)".formatted(x.toArray());
            case MAX -> "(%1$s > %2$s ? %1$s : %2$s)".formatted(x.toArray());
            case ABS -> "(%1$s < 0 ? -%1$s : %1$s)".formatted(x.toArray());
            case SIGN -> "((%1$s > 0) - (%1$s < 0))".formatted(x.toArray());
            default -> primitive.c(Precision.DOUBLE, x);
        };
    }

    private static DType operandType(Value value) {
        List<Value> operands = value.operands();
        return operands.get(operands.size() - 1).dtype();
    }

    /** Name of a value in the text, or the number it is known to be. */
    String name(Value value) {
        String name = names.get(value);
        return name != null ? name : CType.number(value.dtype(), Splat.of(value));
    }

    String element(Access access) {
        return signature.element(access, indices);
    }

    /** The linear index {@code Σ strides·indices}. */
    static String index(List<Long> strides, List<String> indices) {
        StringJoiner sum = new StringJoiner(" + ");
        for (int axis = 0; axis < strides.size(); axis++) {
            long stride = strides.get(axis);
            if (stride != 0) {
                sum.add(stride == 1 ? indices.get(axis) : indices.get(axis) + " * " + stride);
            }
        }
        return sum.length() == 0 ? "0" : sum.toString();
    }
}
