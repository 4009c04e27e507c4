// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim;

import java.util.List;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/**
 * The rule of an elementwise optimiser for a vector of parameters.
 *
 * @param optimiser what to do with each element
 * @param type of the parameters
 */
record ElementwiseRule(ElementwiseOptimiser optimiser, TensorType type) implements UpdateRule {
    @Override
    public List<StateVector> state() {
        return optimiser.state().stream()
                .map(name -> new StateVector(name, type))
                .toList();
    }

    @Override
    public int settingCount() {
        return optimiser.settingCount();
    }

    @Override
    public double[] settings(long step, double rate) {
        return optimiser.settings(step, rate);
    }

    @Override
    public List<Value> step(Value parameters, Value gradient, List<Value> state, Value settings) {
        return optimiser.step(parameters, gradient, state, settings);
    }
}
