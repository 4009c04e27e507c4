// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparkjno.kernels.graph.Closure;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Recurrence;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * A linear map applied to many directions: a few at a time side by side, the chunks one after another in a loop.
 *
 * @param map from one direction, then what it captured, to its image
 * @param chunk directions side by side
 */
record Directions(Closure map, int chunk) {
    Directions {
        if (chunk <= 0) {
            throw new IllegalArgumentException(
                    "Directions are taken in chunks of at least one, but got " + chunk + ".");
        }
    }

    /** All unit vectors of a space as rows. */
    static Value units(DType dtype, int size) {
        return oneHot(Value.iota(new TensorType(DType.I32, Shape.of(size)), 0), dtype, size);
    }

    /** Row {@code k} is one where {@code labels} is {@code k}. */
    static Value oneHot(Value labels, DType dtype, int rows) {
        TensorType type =
                new TensorType(DType.I32, Shape.of(rows, labels.shape().dim(0)));
        return Value.iota(type, 0)
                .apply(Primitive.EQ, labels.broadcastTo(type.shape()))
                .cast(dtype);
    }

    /**
     * The images of some directions.
     *
     * @param rows one direction per row, flattened
     * @return one image per row, flattened
     */
    Value images(Value rows) {
        int count = rows.shape().dim(0);
        if (count <= chunk) {
            return sideBySide(rows);
        }
        int chunks = (count + chunk - 1) / chunk;
        int size = rows.shape().dim(1);
        Value padded = rows.pad(0, 0, chunks * chunk - count).reshape(chunks, chunk, size);
        Value images = Recurrence.scan(
                        chunks,
                        List.of(),
                        List.of(padded),
                        (carries, slices) -> new Recurrence.Step(List.of(), List.of(sideBySide(slices.get(0)))))
                .stacked()
                .get(0);
        return images.reshape(chunks * chunk, images.shape().dim(2)).slice(0, 0, count);
    }

    private Value sideBySide(Value rows) {
        TensorType type = map.graph().inputs().get(0).type();
        List<Value> images = new ArrayList<>();
        for (int i = 0; i < rows.shape().dim(0); i++) {
            List<Value> arguments =
                    new ArrayList<>(List.of(rows.slice(0, i, i + 1).reshape(type.shape())));
            arguments.addAll(map.captured());
            Value image = map.graph().call(arguments).get(0);
            images.add(image.reshape(1, Math.toIntExact(image.shape().size())));
        }
        int size = Math.toIntExact(map.graph().outputs().get(0).shape().size());
        return images.isEmpty()
                ? Value.full(map.graph().outputs().get(0).type().with(Shape.of(0, size)), 0)
                : Value.concat(0, images);
    }

    /** The labels as a constant. */
    static Value labels(int[] labels) {
        return Value.constant(Literal.of(
                new TensorType(DType.I32, Shape.of(labels.length)),
                Arrays.stream(labels).asDoubleStream().toArray()));
    }
}
