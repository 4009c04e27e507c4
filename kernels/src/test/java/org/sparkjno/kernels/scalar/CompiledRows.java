// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.scalar;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.sparkjno.kernels.device.cpu.NativeLibrary;
import org.sparkjno.kernels.device.cpu.NativeMemory;

/** Every row of the table as a compiled loop over arrays, under the very flags that programs are compiled with. */
final class CompiledRows implements AutoCloseable {
    private final NativeLibrary library;

    CompiledRows() {
        List<String> units = new ArrayList<>();
        for (Precision precision : Precision.values()) {
            StringBuilder unit = new StringBuilder();
            unit.append(MathLibrary.definitions(EnumSet.allOf(Primitive.class), precision));
            for (Primitive primitive : Primitive.values()) {
                unit.append(loop(primitive, precision));
            }
            units.add(unit.toString());
        }
        library = NativeLibrary.compile(units);
    }

    /** Memory for so many values of one row. */
    Row row(Primitive primitive, Precision precision, int length) {
        return new Row(primitive, precision, length);
    }

    @Override
    public void close() {
        library.close();
    }

    private static String loop(Primitive primitive, Precision precision) {
        String type = precision == Precision.SINGLE ? "float" : "double";
        List<String> arguments = new ArrayList<>();
        StringBuilder text = new StringBuilder("void " + symbol(primitive, precision) + "(long *a) {\n");
        text.append("    %1$s *restrict y = (%1$s *)a[0];\n".formatted(type));
        for (int k = 0; k < primitive.arity(); k++) {
            text.append("    const %1$s *restrict x%2$d = (const %1$s *)a[%3$d];\n".formatted(type, k, k + 2));
            arguments.add(takesBoolean(primitive, k) ? "(x" + k + "[i] != 0)" : "x" + k + "[i]");
        }
        text.append("    for (long i = 0; i < a[1]; i++) {\n");
        text.append("        y[i] = ").append(primitive.c(precision, arguments)).append(";\n    }\n}\n");
        return text.toString();
    }

    private static boolean takesBoolean(Primitive primitive, int argument) {
        return switch (primitive) {
            case AND, OR, NOT -> true;
            case SELECT -> argument == 0;
            default -> false;
        };
    }

    private static String symbol(Primitive primitive, Precision precision) {
        return "run_" + primitive.text() + "_" + precision.name();
    }

    /** One row with memory for its arguments and results. */
    final class Row implements AutoCloseable {
        private final long function;
        private final Precision precision;
        private final int length;
        private final NativeMemory pointers = NativeMemory.allocate(5 * Long.BYTES);
        private final NativeMemory result;
        private final List<NativeMemory> arguments = new ArrayList<>();
        private final ByteBuffer resultView;
        private final List<ByteBuffer> views = new ArrayList<>();

        private Row(Primitive primitive, Precision precision, int length) {
            this.function = library.symbol(symbol(primitive, precision));
            this.precision = precision;
            this.length = length;
            long bytes = (long) length * (precision == Precision.SINGLE ? Float.BYTES : Double.BYTES);
            this.result = NativeMemory.allocate(bytes);
            this.resultView = result.view();
            ByteBuffer block = pointers.view();
            block.putLong(result.address()).putLong(length);
            for (int k = 0; k < primitive.arity(); k++) {
                NativeMemory argument = NativeMemory.allocate(bytes);
                arguments.add(argument);
                views.add(argument.view());
                block.putLong(argument.address());
            }
        }

        /** The values at these arguments, which are rounded to the precision first. */
        double[] at(double[]... x) {
            for (int k = 0; k < x.length; k++) {
                put(views.get(k), x[k]);
            }
            NativeLibrary.call(function, pointers.address());
            double[] numbers = new double[length];
            for (int i = 0; i < length; i++) {
                numbers[i] = precision == Precision.SINGLE
                        ? resultView.getFloat(i * Float.BYTES)
                        : resultView.getDouble(i * Double.BYTES);
            }
            return numbers;
        }

        private void put(ByteBuffer buffer, double[] numbers) {
            for (int i = 0; i < length; i++) {
                if (precision == Precision.SINGLE) {
                    buffer.putFloat(i * Float.BYTES, (float) numbers[i]);
                } else {
                    buffer.putDouble(i * Double.BYTES, numbers[i]);
                }
            }
        }

        @Override
        public void close() {
            pointers.close();
            result.close();
            arguments.forEach(NativeMemory::close);
        }
    }
}
