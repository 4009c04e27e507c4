// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.nn.Parameter;
import org.sparkjno.nn.ParameterLayout;

/**
 * The step of {@link Soap}. Beside Adam's two vectors it carries, for all sides of all matrices one after another, the means of
 * G·Gᵀ or Gᵀ·G, the bases less the identity, and the columns of the next bases as far as they are done.
 */
final class SoapRule implements UpdateRule {
    private static final int RATE = 0;
    private static final int MEAN_CORRECTION = 1;
    private static final int SQUARE_CORRECTION = 2;
    private static final int PHASE = 3;

    private final Soap soap;
    private final ParameterLayout layout;
    private final List<Block> blocks = new ArrayList<>();
    private final List<Eigenbasis> bases = new ArrayList<>();

    /**
     * A parameter as a matrix; where a side has no basis, it is not rotated.
     *
     * @param left number of the basis of the rows, or −1
     * @param right number of the basis of the columns, or −1
     */
    private record Block(Parameter parameter, int rows, int columns, int left, int right) {}

    SoapRule(Soap soap, ParameterLayout layout) {
        this.soap = soap;
        this.layout = layout;
        for (Parameter parameter : layout.parameters()) {
            Shape shape = parameter.shape();
            int columns = shape.rank() == 0 ? 1 : shape.dim(-1);
            int rows = Math.toIntExact(shape.size() / Math.max(1, columns));
            boolean matrix = shape.rank() > 1;
            blocks.add(new Block(parameter, rows, columns, matrix ? basis(rows) : -1, matrix ? basis(columns) : -1));
        }
    }

    private int basis(int extent) {
        if (extent < 2 || extent > soap.largest()) {
            return -1;
        }
        int offset = bases.isEmpty() ? 0 : bases.get(bases.size() - 1).end();
        bases.add(new Eigenbasis(extent, offset, soap.refresh()));
        return bases.size() - 1;
    }

    @Override
    public List<StateVector> state() {
        int size = bases.isEmpty() ? 0 : bases.get(bases.size() - 1).end();
        TensorType sides = new TensorType(layout.type().dtype(), Shape.of(size));
        return List.of(
                        new StateVector("mean", layout.type()),
                        new StateVector("square", layout.type()),
                        new StateVector("statistics", sides),
                        new StateVector("bases", sides),
                        new StateVector("next", sides))
                .subList(0, bases.isEmpty() ? 2 : 5);
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
        List<Value> statistics = new ArrayList<>();
        List<Value> rotations = new ArrayList<>();
        List<Value> next = new ArrayList<>();
        for (Eigenbasis basis : bases) {
            statistics.add(basis.matrix(state.get(2)));
            rotations.add(basis.matrix(state.get(3)).plus(basis.identity(parameters.dtype())));
            next.add(basis.matrix(state.get(4)));
        }
        Map<String, Value> gradients = layout.split(gradient);
        Map<String, Value> means = layout.split(state.get(0));
        Map<String, Value> squares = layout.split(state.get(1));
        List<Value> moves = new ArrayList<>();
        List<Value> nextMeans = new ArrayList<>();
        List<Value> nextSquares = new ArrayList<>();
        for (Block block : blocks) {
            Value g = matrix(block, gradients);
            Rotation rotation = new Rotation(of(rotations, block.left()), of(rotations, block.right()));
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
            update(statistics, block.left(), g, "ik,jk->ij");
            update(statistics, block.right(), g, "ki,kj->ij");
        }
        Value phase = Setting.of(settings, PHASE);
        List<Value> nextRotations = new ArrayList<>();
        for (int i = 0; i < bases.size(); i++) {
            Eigenbasis basis = bases.get(i);
            Value columns = basis.advance(statistics.get(i), rotations.get(i), next.get(i), phase);
            next.set(i, columns);
            nextRotations.add(basis.current(rotations.get(i), columns, phase));
        }
        Value move = layout.join(moves);
        if (soap.decay() > 0) {
            move = move.plus(parameters.times(soap.decay()));
        }
        List<Value> updated = new ArrayList<>(List.of(
                parameters.minus(move.times(Setting.of(settings, RATE))),
                layout.join(nextMeans),
                layout.join(nextSquares)));
        if (!bases.isEmpty()) {
            updated.addAll(List.of(flat(statistics), flat(nextRotations), flat(next)));
        }
        return updated;
    }

    private static Value matrix(Block block, Map<String, Value> parts) {
        return parts.get(block.parameter().name()).reshape(block.rows(), block.columns());
    }

    private static Value of(List<Value> rotations, int basis) {
        return basis < 0 ? null : rotations.get(basis);
    }

    private void update(List<Value> statistics, int basis, Value g, String product) {
        if (basis >= 0) {
            statistics.set(basis, decayed(statistics.get(basis), g.contract(product, g), soap.beta2()));
        }
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
