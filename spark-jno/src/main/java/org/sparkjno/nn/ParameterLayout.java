// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.random.RandomStream;

/**
 * Where each parameter lies in one contiguous vector: one optimiser update, one all-reduce and one write serve them all.
 * The vector holds the parameters in order, row-major, without gaps.
 */
public final class ParameterLayout {
    private final List<Parameter> parameters;
    private final DType dtype;
    private final int size;

    private ParameterLayout(List<Parameter> parameters, DType dtype, int size) {
        this.parameters = parameters;
        this.dtype = dtype;
        this.size = size;
    }

    /**
     * The layout of these parameters.
     *
     * @throws IllegalArgumentException when two have one name or all together exceed 2³¹ − 1 elements
     */
    public static ParameterLayout of(List<Parameter> parameters, DType dtype) {
        long size = 0;
        Map<String, Parameter> named = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            if (named.put(parameter.name(), parameter) != null) {
                throw new IllegalArgumentException("Two parameters are named '" + parameter.name()
                        + "'; give the layers that hold them different names.");
            }
            size += parameter.shape().size();
        }
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "A model may have " + Integer.MAX_VALUE + " parameters, but has " + size + ".");
        }
        return new ParameterLayout(List.copyOf(parameters), dtype, (int) size);
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    /** Number of elements of the vector. */
    public int size() {
        return size;
    }

    /** Type of the vector. */
    public TensorType type() {
        return new TensorType(dtype, Shape.of(size));
    }

    /** The parameters by name as parts of a traced vector, in order. */
    public Map<String, Value> split(Value vector) {
        Map<String, Value> parts = new LinkedHashMap<>();
        int offset = 0;
        for (Parameter parameter : parameters) {
            int end = offset + extent(parameter);
            parts.put(parameter.name(), vector.slice(0, offset, end).reshape(parameter.shape()));
            offset = end;
        }
        return parts;
    }

    /** One traced vector of one value per parameter: the inverse of {@link #split}. */
    public Value join(List<Value> values) {
        List<Value> flat = new ArrayList<>();
        for (Value value : values) {
            flat.add(value.reshape(Math.toIntExact(value.shape().size())));
        }
        return flat.isEmpty() ? Value.full(type(), 0) : Value.concat(0, flat);
    }

    /** First values: each parameter from a stream of its own, so that they depend on the seed and its name alone. */
    public ByteBuffer initialise(long seed) {
        ByteBuffer vector = allocate();
        int index = 0;
        for (Parameter parameter : parameters) {
            RandomStream stream = RandomStream.named(seed, parameter.name());
            for (double value : parameter.initialiser().values(parameter.shape(), stream)) {
                put(vector, index, value);
                index++;
            }
        }
        return vector;
    }

    /** A vector of zeros in host memory, little-endian. */
    public ByteBuffer allocate() {
        return ByteBuffer.allocateDirect(Math.toIntExact(type().bytes())).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The parameters by name as views of a vector in host memory, in order. */
    public Map<String, ByteBuffer> views(ByteBuffer vector) {
        Map<String, ByteBuffer> views = new LinkedHashMap<>();
        int offset = 0;
        for (Parameter parameter : parameters) {
            int bytes = extent(parameter) * dtype.bytes();
            views.put(parameter.name(), vector.slice(offset, bytes).order(ByteOrder.LITTLE_ENDIAN));
            offset += bytes;
        }
        return views;
    }

    /** The type of a parameter. */
    public TensorType type(Parameter parameter) {
        return new TensorType(dtype, parameter.shape());
    }

    private void put(ByteBuffer vector, int index, double value) {
        if (dtype == DType.F64) {
            vector.putDouble(index * Double.BYTES, value);
        } else {
            vector.putFloat(index * Float.BYTES, (float) value);
        }
    }

    private static int extent(Parameter parameter) {
        return Math.toIntExact(parameter.shape().size());
    }
}
