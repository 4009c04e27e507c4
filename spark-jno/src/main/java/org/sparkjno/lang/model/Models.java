// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.model;

import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.nn.Activation;
import org.sparkjno.nn.DeepONet;
import org.sparkjno.nn.Fno;
import org.sparkjno.nn.Initialiser;
import org.sparkjno.nn.Layer;
import org.sparkjno.nn.Mlp;

/** Models to begin with. Every one is named after what it is; name them otherwise where a problem has two of a kind. */
public final class Models {
    private Models() {}

    /** A multi-layer perceptron with tanh between layers of these widths, input and output included. */
    public static Model mlp(int... widths) {
        return mlp(Activation.TANH, widths);
    }

    /** A multi-layer perceptron of these widths, input and output included. */
    public static Model mlp(Activation activation, int... widths) {
        return pointwise("mlp", Mlp.of(activation, widths), widths[0], widths[widths.length - 1]);
    }

    /** Any network of numbers at a point, see {@link PointNetwork}. */
    public static Model pointwise(String name, Layer network, int inputs, int outputs) {
        return Model.of(name, new PointNetwork(network, inputs, outputs));
    }

    /**
     * A deep operator network with perceptrons of three hidden layers.
     *
     * @param sensors numbers that its branch takes
     * @param coordinates numbers that its trunk takes
     * @param width of hidden layers
     * @param basis number of functions
     */
    public static Model deepONet(int sensors, int coordinates, int width, int basis) {
        Layer branch = Mlp.of(Activation.TANH, sensors, width, width, width, basis);
        Layer trunk = Mlp.of(Activation.TANH, coordinates, width, width, width, basis);
        return deepONet(DeepONet.of(branch, trunk), coordinates, sensors);
    }

    /**
     * Any deep operator network.
     *
     * @param coordinates numbers that its trunk takes
     * @param sensors numbers that each of its branches takes
     */
    public static Model deepONet(DeepONet network, int coordinates, int... sensors) {
        return Model.of(
                "deeponet",
                new BranchTrunk(network, IntStream.of(sensors).boxed().toList(), coordinates));
    }

    /** A Fourier neural operator on a line. */
    public static Model fno1d(int inputs, int outputs, int width, int modes) {
        return Model.of("fno", new FieldOperator(Fno.of1d(inputs, outputs, width, modes, 0), 1, inputs, outputs));
    }

    /** A Fourier neural operator in the plane. */
    public static Model fno2d(int inputs, int outputs, int width, int modes) {
        return Model.of("fno", new FieldOperator(Fno.of2d(inputs, outputs, width, modes, 0), 2, inputs, outputs));
    }

    /** Any network from fields on a grid to fields on it, see {@link FieldOperator}. */
    public static Model operator(String name, Layer network, int dimensions, int inputs, int outputs) {
        return Model.of(name, new FieldOperator(network, dimensions, inputs, outputs));
    }

    /**
     * The solution of a linear equation on a grid, by a sparse solve through which gradients pass.
     *
     * @param equation its left-hand side
     * @param coefficients number of fields that it takes beside the unknown one
     */
    public static Model solution(String name, FieldEquation equation, int coefficients) {
        return Model.of(name, new SolutionOperator(equation, coefficients));
    }

    /** An unknown number, trained from a first guess. */
    public static Model coefficient(String name, double first) {
        return Model.of(name, new Coefficient(Shape.SCALAR, new Initialiser.Constant(first)));
    }
}
