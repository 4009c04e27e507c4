// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkjno.kernels.device.Bytes;
import org.sparkjno.kernels.device.EveryDevice;
import org.sparkjno.kernels.scalar.Primitive;

class BFloat16Test {
    /** 1 + 2⁻⁸ lies half-way between two neighbours and goes to the even one below; 1 + 3·2⁻⁸ to the even one above. */
    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "0x1.01p0, 1",
        "0x1.010002p0, 0x1.02p0",
        "0x1.03p0, 0x1.04p0",
        "-0x1.03p0, -0x1.04p0",
        "0x1.fep127, 0x1.fep127",
        "0x1.fefffep127, 0x1.fep127",
        "0x1.ffp127, Infinity",
        "-Infinity, -Infinity",
        "NaN, NaN",
        "0x1p-133, 0x1p-133",
        "0x1p-134, 0",
        "0x1.8p-134, 0x1p-133"
    })
    void roundsToTheNearestAndTiesToEven(double value, Double rounded) {
        assertThat(DType.BF16.round(value)).isEqualTo(rounded);
    }

    @Test
    void everyBitPatternSurvives() {
        for (int bits = Short.MIN_VALUE; bits <= Short.MAX_VALUE; bits++) {
            float value = BFloat16.toFloat((short) bits);
            if (!Float.isNaN(value)) {
                assertThat(BFloat16.of(value)).isEqualTo((short) bits);
            }
        }
        int signalling = 0x7F800001;
        assertThat(BFloat16.toFloat(BFloat16.of(Float.intBitsToFloat(signalling))))
                .isNaN();
    }

    @Test
    void takesTwoBytes() {
        TensorType type = new TensorType(DType.BF16, Shape.of(2));
        ByteBuffer bytes = Bytes.of(Literal.of(type, 1, -2)).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(type.bytes()).isEqualTo(4);
        assertThat(bytes.getShort(0)).isEqualTo((short) 0x3F80);
        assertThat(bytes.getShort(2)).isEqualTo((short) 0xC000);
        assertThat(Bytes.literal(type, bytes)).isEqualTo(Literal.of(type, 1, -2));
    }

    /** Casts from every type, moves, choice, constants, inputs and outputs, on both devices to the bit. */
    @Test
    void everyDeviceStoresIt() {
        Shape shape = Shape.of(5, 40);
        Random random = new Random(4);
        double[] numbers = random.doubles(shape.size(), -300, 300).toArray();
        numbers[7] = Double.NaN;
        numbers[9] = Double.POSITIVE_INFINITY;
        Literal floats = Literal.of(new TensorType(DType.F32, shape), numbers);
        Literal doubles = Literal.of(new TensorType(DType.F64, shape), numbers);
        Literal halves = Literal.of(new TensorType(DType.BF16, shape), numbers);
        Literal counts = Literal.of(
                new TensorType(DType.I32, shape),
                random.ints(shape.size()).asDoubleStream().toArray());
        List<Literal> arguments = List.of(floats, doubles, halves, counts);
        List<Value> inputs = new ArrayList<>();
        arguments.forEach(argument -> inputs.add(Value.input("x", argument.type())));
        Value half = inputs.get(2);
        Value cast = inputs.get(0).cast(DType.BF16);
        Value truth = inputs.get(3).cast(DType.F32).apply(Primitive.LT, Value.full(floats.type(), 0));
        List<Value> outputs = List.of(
                cast,
                inputs.get(1).cast(DType.BF16),
                inputs.get(3).cast(DType.BF16),
                half.cast(DType.F32).times(3),
                half.cast(DType.F64),
                half.cast(DType.BOOL),
                truth.cast(DType.BF16),
                truth.apply(Primitive.SELECT, half, cast),
                Value.concat(1, List.of(half, cast.reverse(1), Value.constant(halves))),
                half.transpose(1, 0).pad(0, 2, 3),
                cast.cast(DType.F32).times(inputs.get(0)).cast(DType.BF16).cast(DType.F32));

        List<Literal> results = EveryDevice.call(Graph.of(inputs, outputs), arguments);

        for (int i = 0; i < shape.size(); i++) {
            assertThat(results.get(0).get(i)).isEqualTo((Double) DType.BF16.round(floats.get(i)));
            assertThat(results.get(4).get(i)).isEqualTo((Double) halves.get(i));
        }
    }
}
