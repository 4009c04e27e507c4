// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;

class SafetensorsTest {
    private static byte[] sample() throws IOException {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        tensors.put("b.weight", tensor(TensorType.f32(2, 3), 24));
        tensors.put("a", tensor(new TensorType(DType.BOOL, Shape.of(3)), 3));
        tensors.put("scalar", tensor(TensorType.f64(), 8));
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        new Safetensors(Map.of("made", "by hand"), tensors).write(stream);
        return stream.toByteArray();
    }

    private static StoredTensor tensor(TensorType type, int bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        for (int i = 0; i < bytes; i++) {
            buffer.put(i, (byte) (7 * i + bytes));
        }
        return new StoredTensor(type, buffer);
    }

    private static Safetensors read(byte[] bytes) throws IOException {
        return Safetensors.read("some/file", new ByteArrayInputStream(bytes));
    }

    private static byte[] file(String header, int data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Safetensors back = read(sample());
        assertThat(back.metadata()).containsExactly(Map.entry("made", "by hand"));
        assertThat(back.tensors().keySet()).containsExactly("b.weight", "a", "scalar");
        assertThat(back.tensors().get("b.weight")).isEqualTo(tensor(TensorType.f32(2, 3), 24));
        assertThat(back.tensors().get("scalar")).isEqualTo(tensor(TensorType.f64(), 8));
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        back.write(again);
        assertThat(again.toByteArray()).isEqualTo(sample());
    }

    @Test
    void theTextOfTheFormatIsThatOfItsSpecification() throws IOException {
        byte[] bytes = file("{\"t\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}", 8);
        assertThat(read(bytes).tensors().get("t").type()).isEqualTo(TensorType.f32(1, 2));
    }

    @Test
    void everyTruncationIsNoticed() throws IOException {
        byte[] whole = sample();
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(part))
                    .isInstanceOf(FormatException.class)
                    .hasMessageStartingWith("some/file is not a complete safetensors file: ");
        }
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);
        assertThatThrownBy(() -> read(longer)).hasMessageContaining("goes on after its last tensor");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{{",
                "{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
                "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
                "{\"t\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
                "{\"t\":{\"dtype\":\"F32\",\"shape\":[1]}}",
            })
    void foreignHeadersAreRefused(String header) {
        assertThatThrownBy(() -> read(file(header, 8)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("some/file")
                .hasMessageContaining("write it again");
    }

    @Test
    void unknownElementTypesSayWhatToDo() {
        byte[] bytes = file("{\"t\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,2]}}", 2);
        assertThatThrownBy(() -> read(bytes))
                .hasMessageContaining("\"F16\"")
                .hasMessageContaining("convert it to one of");
    }
}
