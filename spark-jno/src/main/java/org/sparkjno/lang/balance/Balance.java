// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.balance;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.sparkjno.kernels.function.RandomKey;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.optim.StateVector;

/**
 * A rule for the factors of the losses in their sum, beside the weights that a user gives them. Like an optimiser it is a plain
 * value without numbers of its own: what it remembers are vectors, zero at first, that compiled graphs read and overwrite. The
 * factors are constants of all derivatives.
 */
public sealed interface Balance extends Serializable
        permits Dwa, Fixed, GradientNorm, LogVariances, NeuralTangent, RandomWeights, ReLoBRaLo, SoftAdapt {
    /** What a rule looks at. */
    enum Measure {
        /** Nothing. */
        NOTHING,
        /** The losses of each step. */
        LOSSES,
        /** The norms of the gradients of the losses, each without its weight. */
        GRADIENT_NORMS,
        /** The mean diagonal elements of the neural tangent kernels of the residuals. */
        TANGENT_TRACES
    }

    /** What the rule looks at. */
    Measure measure();

    /** Steps from one look to the next. */
    default int every() {
        return 1;
    }

    /** Names of the vectors that it remembers beside the factors, as many numbers as there are losses each. */
    List<String> memory();

    /**
     * The next factors, then what is remembered next.
     *
     * @param measured one number per loss
     * @param looks how often it looked before, a scalar
     * @param state the factors before, then what is remembered, in the order of {@link #memory}
     * @param key of random numbers
     */
    List<Value> next(Value measured, Value looks, List<Value> state, Supplier<RandomKey> key);

    /** All vectors that are carried: the factors, what is remembered, and the number of looks. */
    default List<StateVector> state(int losses, DType precision) {
        TensorType each = new TensorType(precision, Shape.of(losses));
        List<StateVector> vectors = new ArrayList<>();
        vectors.add(new StateVector("weights", each));
        memory().forEach(name -> vectors.add(new StateVector(name, each)));
        vectors.add(new StateVector("looks", each.with(Shape.of(1))));
        return vectors;
    }

    /**
     * One look.
     *
     * @param measured one number per loss
     * @param state one vector per element of {@link #state}
     * @param key of random numbers
     * @return the next state, the factors first
     */
    default List<Value> look(Value measured, List<Value> state, Supplier<RandomKey> key) {
        Value looks = state.get(state.size() - 1);
        List<Value> next = new ArrayList<>(next(measured, looks.reshape(), state.subList(0, state.size() - 1), key));
        next.add(looks.plus(1));
        return next;
    }
}
