// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn.adapter;

import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.derive.LinearSolve;
import org.sparkjno.kernels.derive.LinearSolver;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.nn.Parameter;

/**
 * W·R with an orthogonal R of blocks along the diagonal, each the Cayley transform (I − Q)(I + Q)⁻¹ of a skew-symmetric
 * Q = P − Pᵀ, with a trained P from 0 on: Z. Qiu et al., "Controlling text-to-image diffusion by orthogonal
 * finetuning", NeurIPS 2023. Angles between the rows of W stay as they are.
 *
 * @param block size of a block; the last one is smaller where the outputs do not divide
 */
public record Oft(int block) implements Adapter {
    public Oft {
        if (block < 2) {
            throw new IllegalArgumentException("Orthogonal blocks have a size of at least 2, but got " + block + ".");
        }
    }

    @Override
    public List<Parameter> parameters(Parameter base) {
        int outputs = MatrixView.of(base.shape()).outputs();
        int size = Math.min(block, outputs);
        return List.of(new Parameter("skew", Shape.of((outputs + size - 1) / size, size, size), Factors.zero()));
    }

    @Override
    public Value effective(Value base, Map<String, Value> own) {
        MatrixView view = MatrixView.of(base);
        Value p = withinOutputs(own.get("skew"), view.outputs());
        int blocks = p.shape().dim(0);
        int size = p.shape().dim(1);
        Value q = p.minus(p.transpose(0, 2, 1));
        Value identity = identity(p);
        Value sum = identity.plus(q);
        Value rotation =
                LinearSolve.solve(r -> r.contract("bij,bjk->bik", sum), identity.minus(q), LinearSolver.blocks());
        Value padded = base.reshape(view.inputs(), view.outputs()).pad(1, 0, blocks * size - view.outputs());
        return padded.reshape(view.inputs(), blocks, size)
                .contract("ibj,bjk->ibk", rotation)
                .reshape(view.inputs(), blocks * size)
                .slice(1, 0, view.outputs())
                .reshape(base.shape());
    }

    /** Without what would rotate outputs into what lies beyond them. */
    private static Value withinOutputs(Value p, int outputs) {
        int blocks = p.shape().dim(0);
        int size = p.shape().dim(1);
        double[] mask = new double[blocks * size * size];
        for (int i = 0; i < blocks * size; i++) {
            for (int j = 0; j < size; j++) {
                int other = i / size * size + j;
                mask[i * size + j] = i < outputs && other < outputs ? 1 : 0;
            }
        }
        return blocks * size == outputs ? p : p.times(Value.constant(Literal.of(p.type(), mask)));
    }

    private static Value identity(Value p) {
        int blocks = p.shape().dim(0);
        int size = p.shape().dim(1);
        double[] elements = new double[blocks * size * size];
        for (int i = 0; i < blocks * size; i++) {
            elements[i * size + i % size] = 1;
        }
        return Value.constant(Literal.of(p.type(), elements));
    }
}
