// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.io.Serializable;

/** How the weight and the bias of a linear map begin, as a function of its channels in and out. */
public sealed interface Initialisation extends Serializable {
    /** Shape of a distribution. */
    enum Law {
        UNIFORM,
        NORMAL;

        /** Numbers of mean 0 with this standard deviation. */
        Initialiser of(double deviation) {
            return switch (this) {
                case UNIFORM -> new Initialiser.Uniform(-Math.sqrt(3) * deviation, Math.sqrt(3) * deviation);
                case NORMAL -> new Initialiser.Normal(0, deviation);
            };
        }
    }

    /** First values of the weight. */
    Initialiser weight(int inputs, int outputs);

    /** First values of the bias. */
    default Initialiser bias(int inputs, int outputs) {
        return new Initialiser.Constant(0);
    }

    /** Weight and bias from U(−1/√inputs, 1/√inputs), as PyTorch begins its linear layers. */
    record FanIn() implements Initialisation {
        @Override
        public Initialiser weight(int inputs, int outputs) {
            double bound = 1 / Math.sqrt(inputs);
            return new Initialiser.Uniform(-bound, bound);
        }

        @Override
        public Initialiser bias(int inputs, int outputs) {
            return weight(inputs, outputs);
        }
    }

    /**
     * Variance 2/(inputs + outputs) and no bias: X. Glorot, Y. Bengio, "Understanding the difficulty of training deep
     * feedforward neural networks", AISTATS 2010, equation 12. Usual for tanh and sin, as in physics-informed networks.
     *
     * @param law distribution
     */
    record Glorot(Law law) implements Initialisation {
        @Override
        public Initialiser weight(int inputs, int outputs) {
            return law.of(Math.sqrt(2.0 / (inputs + outputs)));
        }
    }

    /**
     * Variance 2/inputs and no bias: K. He et al., "Delving deep into rectifiers", ICCV 2015, equation 10. Usual for
     * rectifiers.
     *
     * @param law distribution
     */
    record He(Law law) implements Initialisation {
        @Override
        public Initialiser weight(int inputs, int outputs) {
            return law.of(Math.sqrt(2.0 / inputs));
        }
    }

    /**
     * Variance 1/inputs and no bias: Y. LeCun, L. Bottou, G. B. Orr, K.-R. Müller, "Efficient backprop", 1998, section 4.6.
     *
     * @param law distribution
     */
    record LeCun(Law law) implements Initialisation {
        @Override
        public Initialiser weight(int inputs, int outputs) {
            return law.of(Math.sqrt(1.0 / inputs));
        }
    }

    /**
     * Orthogonal weights and no bias, see {@link Initialiser.Orthogonal}.
     *
     * @param gain factor of the weights
     */
    record Orthogonal(double gain) implements Initialisation {
        @Override
        public Initialiser weight(int inputs, int outputs) {
            return new Initialiser.Orthogonal(gain);
        }
    }

    /**
     * Normal weights and no bias.
     *
     * @param deviation standard deviation
     */
    record Normal(double deviation) implements Initialisation {
        @Override
        public Initialiser weight(int inputs, int outputs) {
            return Law.NORMAL.of(deviation);
        }
    }

    /**
     * That of {@link Siren}: V. Sitzmann et al., "Implicit neural representations with periodic activation functions",
     * NeurIPS 2020, section 3.2: U(−√(6/inputs)/ω, √(6/inputs)/ω), in the first layer U(−1/inputs, 1/inputs); biases as
     * {@link FanIn}.
     *
     * @param frequency ω, by which the layer's output is multiplied
     * @param first whether it is the first layer
     */
    record Sine(double frequency, boolean first) implements Initialisation {
        @Override
        public Initialiser weight(int inputs, int outputs) {
            double bound = first ? 1.0 / inputs : Math.sqrt(6.0 / inputs) / frequency;
            return new Initialiser.Uniform(-bound, bound);
        }

        @Override
        public Initialiser bias(int inputs, int outputs) {
            return new FanIn().bias(inputs, outputs);
        }
    }

    /** {@link Glorot} with normal weights. */
    static Initialisation glorot() {
        return new Glorot(Law.NORMAL);
    }

    /** {@link LeCun} with normal weights. */
    static Initialisation leCun() {
        return new LeCun(Law.NORMAL);
    }

    /** {@link Orthogonal} weights with the factor 1. */
    static Initialisation orthogonal() {
        return new Orthogonal(1);
    }

    /** {@link He} with normal weights. */
    static Initialisation he() {
        return new He(Law.NORMAL);
    }
}
