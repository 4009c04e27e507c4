// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/** The comparison of a matrix with the function that it came from, on random vectors. */
final class Verification {
    private static final int PROBES = 5;

    private final OperatorMatrix matrix;
    private final Map<Value, Literal> inputs;
    private final double tolerance;

    Verification(OperatorMatrix matrix, Map<Value, Literal> inputs) {
        this.matrix = matrix;
        this.inputs = inputs;
        this.tolerance = matrix.argument().dtype() == DType.F64 ? 1e-6 : 1e-4;
    }

    /** Norms of what is compared, in their order in the graph. */
    private record Norms(double image, double atZero, double bent, double product, double error, double skew) {
        static Norms of(double[] squares) {
            double[] norms = Arrays.stream(squares).map(Math::sqrt).toArray();
            return new Norms(norms[0], norms[1], norms[2], norms[3], norms[4], norms[5]);
        }

        double scale() {
            return Math.max(image, product);
        }
    }

    void run(Device device) {
        TensorType type = matrix.argument();
        Value probe = Value.input("probe", type);
        Value image = flat(matrix.operator().apply(probe));
        Value atZero = flat(matrix.operator().apply(Value.full(type, 0)));
        Value bent = flat(matrix.operator().apply(probe.times(2)))
                .plus(atZero)
                .minus(image.times(2)); // zero for what is affine
        int[] rows = matrix.pattern().rowOfEntries();
        int[] columns = matrix.pattern().columns();
        Value product = product(flat(probe), columns, rows, matrix.pattern().rows());
        boolean isSymmetric = matrix.origin() == OperatorMatrix.Origin.SYMMETRIC;
        Value mirrored = isSymmetric
                ? product(flat(probe), rows, columns, matrix.pattern().rows())
                : product;
        List<Value> squares = new ArrayList<>();
        for (Value compared : List.of(image, atZero, bent, product, image.minus(product), product.minus(mirrored))) {
            squares.add(compared.square().sum().cast(DType.F64).reshape(1));
        }
        try (BoundFunction function = BoundFunction.of(device, probe, Value.concat(0, squares), inputs)) {
            Random random = new Random(0);
            for (int i = 0; i < PROBES; i++) {
                double[] numbers = random.doubles(type.shape().size(), -1, 1).toArray();
                check(Norms.of(function.call(numbers)));
            }
        }
    }

    private static Value flat(Value value) {
        return value.reshape(Math.toIntExact(value.shape().size()));
    }

    /** The image under the matrix whose entries stand in these columns and rows. */
    private Value product(Value x, int[] columns, int[] rows, int size) {
        return x.gather(labels(columns)).times(matrix.values()).scatterAdd(labels(rows), size);
    }

    private static Value labels(int[] labels) {
        return Value.constant(Literal.of(
                new TensorType(DType.I32, Shape.of(labels.length)),
                Arrays.stream(labels).asDoubleStream().toArray()));
    }

    private void check(Norms norms) {
        if (norms.error() <= tolerance * norms.scale()) {
            if (norms.skew() <= tolerance * norms.scale()) {
                return;
            }
            throw new IllegalArgumentException("The " + matrix + " is not symmetric: a product with it and one with its"
                    + " transpose differ by " + norms.skew() / norms.scale() + "; leave out symmetric().");
        }
        String found = "The " + matrix + " differs from the function by " + norms.error() / norms.scale()
                + " of the image of a random vector, more than " + tolerance + ": ";
        throw new IllegalArgumentException(found + reason(norms));
    }

    private String reason(Norms norms) {
        if (!(norms.scale() < Double.POSITIVE_INFINITY)) {
            return "its image is not finite; check the inputs.";
        }
        if (norms.atZero() > tolerance * norms.scale() && norms.bent() <= tolerance * norms.scale()) {
            return "the function is affine, with an image of zero of norm " + norms.atZero()
                    + "; move that part to the right-hand side.";
        }
        if (norms.bent() > tolerance * norms.scale()) {
            return "the function is not linear; linearise it, or solve by Newton's method.";
        }
        return switch (matrix.origin()) {
            case DECLARED -> "the declared pattern lacks entries; declare all of them, or let them be found.";
            case SYMMETRIC ->
                "the function is not symmetric, or the declared pattern lacks entries;" + " leave out symmetric().";
            case FOUND -> "the derivative of the function is not its image; check rules of your own in it.";
        };
    }
}
