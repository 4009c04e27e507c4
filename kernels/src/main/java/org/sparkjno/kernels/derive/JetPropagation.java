// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import org.sparkjno.kernels.graph.CollectiveOp;
import org.sparkjno.kernels.graph.HostOp;
import org.sparkjno.kernels.graph.IndexedOp;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.RandomBits;
import org.sparkjno.kernels.graph.RuledOp;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.graph.WindowedOp;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * The jet of one value from the jets of its operands. What is linear in its moving operands works on each coefficient
 * by its {@link Linearisation}; products follow the algebra; other primitives follow their Taylor series.
 */
final class JetPropagation implements Op.Visitor<Jet> {
    private final JetAlgebra algebra;
    private final Value value;
    private final List<Jet> jets;

    JetPropagation(JetAlgebra algebra, Value value, List<Jet> jets) {
        this.algebra = algebra;
        this.value = value;
        this.jets = jets;
    }

    @Override
    public Jet visit(Op.Input op) {
        return Jet.ZERO;
    }

    @Override
    public Jet visit(Op.Constant op) {
        return Jet.ZERO;
    }

    @Override
    public Jet visit(Op.Elementwise op) {
        Primitive primitive = op.primitive();
        return switch (primitive) {
            case ADD, SUB, NEG, SELECT -> linear();
            case MUL -> bilinear(Value::times);
            case DIV -> algebra.quotient(value, jets.get(0), value.operands().get(1), jets.get(1));
            default -> Composition.of(algebra, primitive, value, jets);
        };
    }

    @Override
    public Jet visit(Op.Cast op) {
        return linear();
    }

    @Override
    public Jet visit(Op.Broadcast op) {
        return linear();
    }

    @Override
    public Jet visit(Op.Reshape op) {
        return linear();
    }

    @Override
    public Jet visit(Op.Transpose op) {
        return linear();
    }

    @Override
    public Jet visit(Op.Slice op) {
        return linear();
    }

    @Override
    public Jet visit(Op.Pad op) {
        return linear();
    }

    @Override
    public Jet visit(Op.Concat op) {
        return linear();
    }

    /** Which elements attain an extremum does not change under small moves, so an extremum is linear, too. */
    @Override
    public Jet visit(Op.Reduce op) {
        return linear();
    }

    @Override
    public Jet visit(Op.Contract op) {
        return bilinear((a, b) -> Value.of(op, a, b));
    }

    @Override
    public Jet visit(IndexedOp op) {
        return linear();
    }

    @Override
    public Jet visit(WindowedOp op) {
        return linear();
    }

    /** Largest elements over ranks are linear as those over axes are. */
    @Override
    public Jet visit(CollectiveOp op) {
        return linear();
    }

    @Override
    public Jet visit(RandomBits op) {
        return linear();
    }

    @Override
    public Jet visit(LoopOp.Scan op) {
        throw new IllegalStateException("A loop has several jets, see NestedJet.");
    }

    @Override
    public Jet visit(LoopOp.Result op) {
        throw new IllegalStateException("The jet of a result comes with those of all results.");
    }

    @Override
    public Jet visit(RuledOp.Custom op) {
        throw new IllegalStateException("A function with its own rule has several jets, see NestedJet.");
    }

    @Override
    public Jet visit(RuledOp.Barrier op) {
        return jets.get(0);
    }

    @Override
    public Jet visit(HostOp op) {
        throw Linearisation.noDerivative(op);
    }

    private Jet linear() {
        SortedSet<Integer> elements = new TreeSet<>();
        jets.forEach(jet -> elements.addAll(jet.coefficients().keySet()));
        SortedMap<Integer, Value> result = new TreeMap<>();
        for (int element : elements) {
            List<Value> coefficients = new ArrayList<>();
            jets.forEach(jet -> coefficients.add(jet.coefficient(element)));
            Value coefficient = value.op().accept(new Linearisation(value, coefficients));
            if (coefficient != null) {
                result.put(element, coefficient);
            }
        }
        return new Jet(result);
    }

    private Jet bilinear(BinaryOperator<Value> times) {
        Value a = value.operands().get(0);
        Value b = value.operands().get(1);
        Jet da = jets.get(0);
        Jet db = jets.get(1);
        if (a == b && value.op() instanceof Op.Elementwise) {
            return da.map(a.times(2)::times).plus(algebra.square(da));
        }
        return da.map(coefficient -> times.apply(coefficient, b))
                .plus(db.map(coefficient -> times.apply(a, coefficient)))
                .plus(algebra.product(da, db, times));
    }
}
