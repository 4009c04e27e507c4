// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.amgx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sparkjno.kernels.device.cpu.NativeLibrary;
import org.sparkjno.kernels.device.cpu.NativeMemory;

/** The library of {@code stand-in.c}, which has AmgX's functions and works on the processor. One at a time. */
final class StandIn implements AutoCloseable {
    private static final int TEXT_BYTES = 1 << 18;

    private final NativeLibrary library;
    private final NativeMemory arguments = NativeMemory.allocate(4 * Long.BYTES);
    private final NativeMemory text = NativeMemory.allocate(TEXT_BYTES);

    /**
     * What it saw.
     *
     * @param alive objects that were created and not destroyed
     * @param faults what AmgX would not have forgiven
     * @param calls names without AMGX_, since this was last asked for
     */
    record State(int alive, int faults, List<String> calls) {}

    private StandIn(NativeLibrary library) {
        this.library = library;
        NativeLibrary.call(library.symbol("stand_in_reset"), arguments.address());
    }

    static StandIn fresh() {
        try (InputStream source = StandIn.class.getResourceAsStream("stand-in.c")) {
            return new StandIn(NativeLibrary.compile(new String(source.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Amgx load() {
        return Amgx.load(library.path());
    }

    State state() {
        ByteBuffer slots = arguments.view();
        slots.putLong(3 * Long.BYTES, text.address());
        NativeLibrary.call(library.symbol("stand_in_state"), arguments.address());
        byte[] names = new byte[(int) slots.getLong(2 * Long.BYTES)];
        text.view().get(0, names);
        String calls = new String(names, StandardCharsets.UTF_8).strip();
        return new State(
                (int) slots.getLong(0),
                (int) slots.getLong(Long.BYTES),
                calls.isEmpty() ? List.of() : List.of(calls.split(" ", -1)));
    }

    /** Lets a function return an error code from now on; 0 lets it work again. */
    void failAt(String function, int code) {
        try (NativeMemory name = Staging.of(function)) {
            arguments.view().putLong(0, name.address()).putLong(Long.BYTES, code);
            NativeLibrary.call(library.symbol("stand_in_fail"), arguments.address());
        }
    }

    @Override
    public void close() {
        library.close();
        arguments.close();
        text.close();
    }
}
