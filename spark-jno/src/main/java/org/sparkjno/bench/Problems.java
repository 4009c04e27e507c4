// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.datasets.format.StoredTensor;
import org.sparkjno.kernels.derive.Coordinate;
import org.sparkjno.kernels.derive.DifferentialOperator;
import org.sparkjno.kernels.derive.TaylorMode;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.nn.Activation;
import org.sparkjno.nn.Fno;
import org.sparkjno.nn.Initialiser;
import org.sparkjno.nn.Mlp;
import org.sparkjno.nn.Parameter;
import org.sparkjno.nn.Weights;

/** The training steps that are raced. */
final class Problems {
    private static final int COLLOCATION_POINTS = 4096;
    private static final int FNO_BATCH = 16;
    private static final int FNO_POINTS = 64;
    private static final int FNO_WIDTH = 32;
    private static final int FNO_MODES = 12;
    private static final int FUNCTIONS = 64;
    private static final int SENSORS = 100;
    private static final int LOCATIONS = 1024;

    private Problems() {}

    /**
     * The Poisson equation u_xx + u_yy = f by a perceptron 2→64×4→1 with tanh, mean squared residual at 4096 points of
     * the unit square: M. Raissi et al., "Physics-informed neural networks", 2019.
     */
    static Training pinn() {
        Mlp network = Mlp.of(Activation.TANH, 2, 64, 64, 64, 64, 1);
        Map<String, StoredTensor> data = new LinkedHashMap<>();
        StoredTensor x = Numbers.uniform("x", TensorType.f32(COLLOCATION_POINTS, 2), 0, 1);
        data.put("x", x);
        data.put("f", Numbers.of(TensorType.f32(COLLOCATION_POINTS, 1), i -> source(x, (int) i)));
        return new Training("pinn", network.parameters(), data, (weights, fields) -> {
            Value points = fields.get("x");
            Value laplacian = TaylorMode.apply(
                    DifferentialOperator.laplacian(0, 1), network.apply(weights, points), Coordinate.columns(points));
            return laplacian.minus(fields.get("f")).square().mean();
        });
    }

    /** sin(πx)·sin(πy). */
    private static double source(StoredTensor points, int point) {
        float x = points.bytes().getFloat(2 * point * Float.BYTES);
        float y = points.bytes().getFloat((2 * point + 1) * Float.BYTES);
        return Math.sin(Math.PI * x) * Math.sin(Math.PI * y);
    }

    /** A 2-D Fourier neural operator: batch 16, 64×64 points, width 32, 12 modes, 4 layers, mean squared error. */
    static Training fno() {
        Fno operator = Fno.of2d(1, 1, FNO_WIDTH, FNO_MODES, 0);
        TensorType field = TensorType.f32(FNO_BATCH, FNO_POINTS, FNO_POINTS, 1);
        Map<String, StoredTensor> data = new LinkedHashMap<>();
        data.put("x", Numbers.uniform("x", field, -1, 1));
        data.put("y", Numbers.uniform("y", field, -1, 1));
        return new Training(
                "fno",
                operator.parameters(),
                data,
                (weights, fields) -> operator.apply(weights, fields.get("x"))
                        .minus(fields.get("y"))
                        .square()
                        .mean());
    }

    /**
     * A DeepONet with branch 100→128×3→64 and trunk 2→128×3→64, tanh, on 64 functions at 1024 points: L. Lu et al.,
     * "Learning nonlinear operators via DeepONet", 2021.
     */
    static Training deepOnet() {
        Mlp branch = Mlp.of(Activation.TANH, SENSORS, 128, 128, 128, 64);
        Mlp trunk = Mlp.of(Activation.TANH, 2, 128, 128, 128, 64);
        List<Parameter> parameters = new ArrayList<>(Parameter.under("branch", branch.parameters()));
        parameters.addAll(Parameter.under("trunk", trunk.parameters()));
        parameters.add(new Parameter("bias", Shape.of(1), new Initialiser.Constant(0)));
        Map<String, StoredTensor> data = new LinkedHashMap<>();
        data.put("u", Numbers.uniform("u", TensorType.f32(FUNCTIONS, SENSORS), -1, 1));
        data.put("x", Numbers.uniform("x", TensorType.f32(LOCATIONS, 2), 0, 1));
        data.put("y", Numbers.uniform("y", TensorType.f32(FUNCTIONS, LOCATIONS), -1, 1));
        return new Training("deeponet", parameters, data, (weights, fields) -> {
            Value coefficients = branch.apply(weights.under("branch"), fields.get("u"));
            Value basis = trunk.apply(weights.under("trunk"), fields.get("x"));
            Value prediction = coefficients.contract("fk,pk->fp", basis);
            Value bias = bias(weights, prediction.shape());
            return prediction.plus(bias).minus(fields.get("y")).square().mean();
        });
    }

    private static Value bias(Weights weights, Shape shape) {
        return weights.get("bias").reshape().broadcastTo(shape);
    }
}
