// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.nn.Parameter;
import org.sparkjno.nn.ParameterLayout;

/**
 * The step of {@link Soap}. Beside Adam's two vectors it carries, for all sides of all matrices one after another, the
 * means of G·Gᵀ or Gᵀ·G, the bases less the identity, and the columns of the next bases as far as they are done.
 */
final class SoapRule implements UpdateRule {
    private static final int RATE = 0;
    private static final int MEAN_CORRECTION = 1;
    private static final int SQUARE_CORRECTION = 2;
    private static final int PHASE = 3;

    private final Soap soap;
    private final ParameterLayout layout;
    private final List<Block> blocks = new ArrayList<>();
    private final List<Eigenbases> groups = new ArrayList<>();

    /**
     * A side of a matrix that is rotated.
     *
     * @param extent of the side
     * @param number among all sides of this extent, which are one group
     */
    private record Side(int extent, int number) {}

    /**
     * A parameter as a matrix.
     *
     * @param left its rows, where they are rotated
     * @param right its columns, where they are rotated
     */
    private record Block(Parameter parameter, int rows, int columns, Optional<Side> left, Optional<Side> right) {}

    SoapRule(Soap soap, ParameterLayout layout) {
        this.soap = soap;
        this.layout = layout;
        SortedMap<Integer, Integer> counts = new TreeMap<>();
        for (Parameter parameter : layout.parameters()) {
            Shape shape = parameter.shape();
            int columns = shape.rank() == 0 ? 1 : shape.dim(-1);
            int rows = Math.toIntExact(shape.size() / Math.max(1, columns));
            boolean matrix = shape.rank() > 1;
            blocks.add(new Block(parameter, rows, columns, side(matrix, rows, counts), side(matrix, columns, counts)));
        }
        int offset = 0;
        for (Map.Entry<Integer, Integer> size : counts.entrySet()) {
            Eigenbases group = new Eigenbases(size.getKey(), size.getValue(), offset, soap.refresh());
            groups.add(group);
            offset = group.end();
        }
    }

    private Optional<Side> side(boolean matrix, int extent, Map<Integer, Integer> counts) {
        if (!matrix || extent < 2 || extent > soap.largest()) {
            return Optional.empty();
        }
        return Optional.of(new Side(extent, counts.merge(extent, 1, Integer::sum) - 1));
    }

    @Override
    public List<StateVector> state() {
        int size = groups.isEmpty() ? 0 : groups.get(groups.size() - 1).end();
        TensorType sides = new TensorType(layout.type().dtype(), Shape.of(size));
        return List.of(
                        new StateVector("mean", layout.type()),
                        new StateVector("square", layout.type()),
                        new StateVector("statistics", sides),
                        new StateVector("bases", sides),
                        new StateVector("next", sides))
                .subList(0, groups.isEmpty() ? 2 : 5);
    }

    @Override
    public int settingCount() {
        return 4;
    }

    /** The learning rate, the two bias corrections and which share of the next bases this step computes. */
    @Override
    public double[] settings(long step, double rate) {
        return new double[] {
            rate,
            Setting.correction(soap.beta1(), step),
            Setting.correction(soap.beta2(), step),
            (double) Math.floorMod(step - 1, soap.refresh())
        };
    }

    @Override
    public List<Value> step(Value parameters, Value gradient, List<Value> state, Value settings) {
        Map<Integer, Value> rotations = new HashMap<>();
        for (Eigenbases group : groups) {
            rotations.put(group.extent(), group.matrices(state.get(3)).plus(group.identity(parameters.dtype())));
        }
        Map<String, Value> gradients = layout.split(gradient);
        Map<String, Value> means = layout.split(state.get(0));
        Map<String, Value> squares = layout.split(state.get(1));
        List<Value> moves = new ArrayList<>();
        List<Value> nextMeans = new ArrayList<>();
        List<Value> nextSquares = new ArrayList<>();
        Map<Side, Value> products = new HashMap<>();
        for (Block block : blocks) {
            Value g = matrix(block, gradients);
            Rotation rotation = new Rotation(basis(rotations, block.left()), basis(rotations, block.right()));
            Value mean = decayed(matrix(block, means), g, soap.beta1());
            Value square = decayed(matrix(block, squares), rotation.into(g).square(), soap.beta2());
            Value root =
                    square.times(Setting.of(settings, SQUARE_CORRECTION)).sqrt().plus(soap.epsilon());
            Value move = rotation.into(mean)
                    .times(Setting.of(settings, MEAN_CORRECTION))
                    .div(root);
            moves.add(rotation.back(move));
            nextMeans.add(mean);
            nextSquares.add(square);
            block.left().ifPresent(side -> products.put(side, g.contract("ik,jk->ij", g)));
            block.right().ifPresent(side -> products.put(side, g.contract("ki,kj->ij", g)));
        }
        Value move = layout.join(moves);
        if (soap.decay() > 0) {
            move = move.plus(parameters.times(soap.decay()));
        }
        List<Value> updated = new ArrayList<>(List.of(
                parameters.minus(move.times(Setting.of(settings, RATE))),
                layout.join(nextMeans),
                layout.join(nextSquares)));
        if (!groups.isEmpty()) {
            updated.addAll(nextBases(state, rotations, products, Setting.of(settings, PHASE)));
        }
        return updated;
    }

    /** The three vectors of all sides after a step. */
    private List<Value> nextBases(
            List<Value> state, Map<Integer, Value> rotations, Map<Side, Value> products, Value phase) {
        List<Value> statistics = new ArrayList<>();
        List<Value> bases = new ArrayList<>();
        List<Value> next = new ArrayList<>();
        for (Eigenbases group : groups) {
            List<Value> now = new ArrayList<>();
            for (int i = 0; i < group.count(); i++) {
                now.add(products.get(new Side(group.extent(), i)));
            }
            Value s = decayed(group.matrices(state.get(2)), Value.stack(0, now), soap.beta2());
            Value old = rotations.get(group.extent());
            Value columns = group.advance(s, old, group.matrices(state.get(4)), phase);
            statistics.add(s);
            bases.add(group.current(old, columns, phase));
            next.add(columns);
        }
        return List.of(flat(statistics), flat(bases), flat(next));
    }

    private static Value matrix(Block block, Map<String, Value> parts) {
        return parts.get(block.parameter().name()).reshape(block.rows(), block.columns());
    }

    private static Value basis(Map<Integer, Value> rotations, Optional<Side> side) {
        return side.map(one -> rotations
                        .get(one.extent())
                        .slice(0, one.number(), one.number() + 1)
                        .squeeze(0))
                .orElse(null);
    }

    private static Value decayed(Value mean, Value now, double beta) {
        return mean.times(beta).plus(now.times(1 - beta));
    }

    private static Value flat(List<Value> matrices) {
        return Value.concat(
                0,
                matrices.stream()
                        .map(matrix ->
                                matrix.reshape(Math.toIntExact(matrix.shape().size())))
                        .toList());
    }

    /**
     * Orthogonal bases of the two sides of a matrix.
     *
     * @param left of the rows, or null for that of the parameters
     * @param right of the columns, or null
     */
    private record Rotation(Value left, Value right) {
        /** The matrix in these bases: QₗᵀGQᵣ. */
        Value into(Value matrix) {
            Value rows = left == null ? matrix : left.contract("ki,kj->ij", matrix);
            return right == null ? rows : rows.contract("ik,kj->ij", right);
        }

        /** The inverse of {@link #into}. */
        Value back(Value matrix) {
            Value rows = left == null ? matrix : left.contract("ik,kj->ij", matrix);
            return right == null ? rows : rows.contract("ik,jk->ij", right);
        }
    }
}
