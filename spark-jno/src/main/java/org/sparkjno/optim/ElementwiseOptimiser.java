// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim;

import java.util.List;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.nn.ParameterLayout;

/**
 * An optimiser that treats every number alike, and so needs no shapes: its state is vectors as long as the parameters.
 */
public interface ElementwiseOptimiser extends Optimiser {
    /** Names of the vectors that it carries from step to step. */
    List<String> state();

    /** Number of settings, see {@link UpdateRule#settingCount}. */
    int settingCount();

    /** The settings of one step, see {@link UpdateRule#settings}. */
    double[] settings(long step, double rate);

    /** One step, see {@link UpdateRule#step}. */
    List<Value> step(Value parameters, Value gradient, List<Value> state, Value settings);

    @Override
    default UpdateRule over(ParameterLayout layout) {
        return new ElementwiseRule(this, layout.type());
    }
}
