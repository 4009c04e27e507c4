// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.operator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Value;

/**
 * A function of one floating-point tensor, compiled, with fixed numbers for everything else that it depends on. Not for
 * several threads at once.
 */
final class BoundFunction implements AutoCloseable {
    private final List<Buffer> buffers;
    private final Executable executable;
    private final Invocation invocation;
    private final Buffer argument;
    private final Buffer result;
    private final ByteBuffer staged;
    private final ByteBuffer fetched;

    private BoundFunction(List<Buffer> inputs, Buffer result, Executable executable) {
        this.buffers = new ArrayList<>(inputs);
        this.buffers.add(result);
        this.executable = executable;
        this.invocation = executable.bind(inputs, List.of(result));
        this.argument = inputs.get(0);
        this.result = result;
        this.staged = bytes(argument);
        this.fetched = bytes(result);
    }

    private static ByteBuffer bytes(Buffer buffer) {
        return ByteBuffer.allocateDirect(Math.toIntExact(buffer.type().bytes())).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Compiles a function.
     *
     * @param argument the input that varies
     * @param output f32 or f64
     * @param numbers of all other inputs that the output depends on
     * @throws IllegalArgumentException when an input has no numbers
     */
    static BoundFunction of(Device device, Value argument, Value output, Map<Value, Literal> numbers) {
        List<Value> inputs = new ArrayList<>(List.of(argument));
        for (Value value : Graph.reach(List.of(output))) {
            if (value.op() instanceof Op.Input input && value != argument) {
                if (!numbers.containsKey(value)) {
                    throw new IllegalArgumentException("The function depends on the input '" + input.name() + "' ("
                            + input.type() + "), for which there are no numbers; add it to the inputs.");
                }
                inputs.add(value);
            }
        }
        Executable executable = device.compile(Graph.of(inputs, List.of(output)));
        List<Buffer> buffers = new ArrayList<>();
        for (Value input : inputs) {
            Buffer buffer = device.allocate(input.type());
            buffers.add(buffer);
            if (input != argument) {
                buffer.write(numbers.get(input));
            }
        }
        return new BoundFunction(buffers, device.allocate(output.type()), executable);
    }

    /** The image, row-major. */
    double[] call(double[] x) {
        double[] y = new double[Math.toIntExact(result.type().shape().size())];
        call(x, y, 1, 0);
        return y;
    }

    /** The image of one of several vectors that lie row after row. */
    void call(double[] x, double[] y, int width, int which) {
        boolean isDouble = argument.type().dtype() == DType.F64;
        int columns = Math.toIntExact(argument.type().shape().size());
        for (int i = 0; i < columns; i++) {
            double number = x[i * width + which];
            if (isDouble) {
                staged.putDouble(i * Double.BYTES, number);
            } else {
                staged.putFloat(i * Float.BYTES, (float) number);
            }
        }
        argument.write(staged);
        invocation.run();
        result.read(fetched);
        boolean isDoubleResult = result.type().dtype() == DType.F64;
        int rows = Math.toIntExact(result.type().shape().size());
        for (int i = 0; i < rows; i++) {
            y[i * width + which] =
                    isDoubleResult ? fetched.getDouble(i * Double.BYTES) : fetched.getFloat(i * Float.BYTES);
        }
    }

    @Override
    public void close() {
        invocation.close();
        executable.close();
        buffers.forEach(Buffer::close);
    }
}
