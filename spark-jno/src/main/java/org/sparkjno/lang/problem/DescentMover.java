// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.sparkjno.optim.descent.DescentState;
import org.sparkjno.optim.descent.LineSearchMethod;

/** Moves one group of parameters by a line search on the host, which evaluates one compiled graph. All tasks do the same. */
final class DescentMover implements Mover {
    private final Tensors tensors;
    private final Stage stage;
    private final Slot vector;
    private final LineSearchMethod method;
    private final ToDoubleFunction<double[]> total;
    private DescentState state;
    private double[] losses = {};
    private double[] point = {};

    /**
     * A mover.
     *
     * @param stage gives losses and gradient
     * @param vector of the parameters that are moved
     * @param total weighted sum of the losses
     */
    DescentMover(Tensors tensors, Stage stage, Slot vector, LineSearchMethod method, ToDoubleFunction<double[]> total) {
        this.tensors = tensors;
        this.stage = stage;
        this.vector = vector;
        this.method = method;
        this.total = total;
    }

    @Override
    public Stage stage() {
        return stage;
    }

    @Override
    public double[] step(long moves) {
        if (state == null) {
            state = method.begin(tensors.read(vector));
        }
        // The line search ends with an evaluation at the point that it takes, but for rare cases.
        if (!Arrays.equals(point, state.parameters())) {
            evaluate(state.parameters(), new double[state.parameters().length]);
        }
        double[] before = losses;
        state = method.step(state, this::evaluate);
        tensors.write(vector, state.parameters());
        return before;
    }

    private double evaluate(double[] parameters, double[] gradient) {
        tensors.write(vector, parameters);
        stage.run();
        double[] slope = tensors.read(Slot.Result.GRADIENT);
        System.arraycopy(slope, 0, gradient, 0, slope.length);
        losses = tensors.read(Slot.Result.LOSSES);
        point = parameters.clone();
        return total.applyAsDouble(losses);
    }

    @Override
    public void see(double sum) {}

    @Override
    public double rate(long moves) {
        return 1;
    }

    @Override
    public boolean isFinished() {
        return state != null && state.finished();
    }

    @Override
    public void forget() {
        state = null;
        point = new double[0];
    }

    @Override
    public Map<String, double[]> memory() {
        return state == null ? Map.of() : new LinkedHashMap<>(state.arrays());
    }

    @Override
    public void resume(Map<String, double[]> memory) {
        state = memory.isEmpty() ? null : method.resume(memory);
        point = new double[0];
    }

    @Override
    public void close() {
        stage.close();
    }
}
