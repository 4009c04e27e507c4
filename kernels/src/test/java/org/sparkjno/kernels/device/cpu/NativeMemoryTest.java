// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeMemoryTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 63, 4096, (4 << 20) - 1, 4 << 20, (4 << 20) + 1, 33_554_433})
    void blocksAreAlignedAndZero(long bytes) {
        try (NativeMemory memory = NativeMemory.allocate(bytes)) {
            assertThat(memory.address() % (bytes < 4 << 20 ? 64 : 2 << 20)).isZero();
            assertThat(memory.bytes()).isEqualTo(bytes);
            ByteBuffer view = memory.view();
            assertThat(view.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
            assertThat(view.capacity()).isEqualTo((int) bytes);
            assertThat(view.get(0)).isZero();
            view.put((int) bytes - 1, (byte) 1);
        }
    }

    @Test
    void viewsShareTheBlock() {
        try (NativeMemory memory = NativeMemory.allocate(64)) {
            memory.view().putLong(8, 0x0102030405060708L);
            assertThat(memory.view(8, 8).get(0)).isEqualTo((byte) 8);
        }
    }

    @Test
    void viewsStayInside() {
        try (NativeMemory memory = NativeMemory.allocate(64)) {
            assertThatThrownBy(() -> memory.view(60, 8)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> memory.view(-1, 8)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> memory.view(0, Long.MAX_VALUE)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void useAfterCloseIsRefused() {
        NativeMemory memory = NativeMemory.allocate(64);
        memory.close();
        memory.close();
        assertThatThrownBy(memory::address).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(memory::view).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void sizesMustBePositiveAndAvailable() {
        assertThatThrownBy(() -> NativeMemory.allocate(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("positive");
        assertThatThrownBy(() -> NativeMemory.allocate(Long.MAX_VALUE / 2)).isInstanceOf(OutOfMemoryError.class);
    }
}
