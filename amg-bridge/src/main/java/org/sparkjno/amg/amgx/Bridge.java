// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.amgx;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkjno.kernels.device.cpu.NativeLibrary;
import org.sparkjno.kernels.device.cpu.NativeMemory;

/**
 * Calls of AmgX, through a few lines of C of our own that are compiled on this host: one per function, by which numbers become
 * arguments, and one that takes what AmgX prints. For one thread.
 *
 * <p>After an error of the device nothing more is called, since AmgX may then end the process: what lies on the device is
 * given up with it.
 */
final class Bridge implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);
    private static final int TEXT_BYTES = 1 << 16;
    /** Errors of CUDA and Thrust and want of memory, after which the state of the device is unknown. */
    private static final int FIRST_FATAL = 5;

    private static final int LAST_FATAL = 7;

    private static final String LISTENER = """
            static char *text;
            static long capacity;
            static long used;

            void hear(const char *message, int length) {
                for (int k = 0; k < length && message[k] && used < capacity; k++) {
                    text[used++] = message[k];
                }
            }

            void listen(long *a) {
                text = (char *)a[1];
                capacity = a[2];
                used = 0;
            }

            void heard(long *a) {
                a[0] = used;
                used = 0;
            }
            """;

    private final NativeLibrary glue;
    private final Map<NativeFunction, Long> targets;
    private final Map<NativeFunction, Long> callers;
    private final NativeMemory arguments = NativeMemory.allocate(16 * Long.BYTES);
    private final NativeMemory result = NativeMemory.allocate(Long.BYTES);
    private final NativeMemory text = NativeMemory.allocate(TEXT_BYTES);
    private final ByteBuffer argumentView = arguments.view();
    private final ByteBuffer resultView = result.view();
    private final ByteBuffer textView = text.view();
    private final long heard;
    /** Why nothing more may be called; null while all is well. */
    private String broken;

    private Bridge(NativeLibrary glue, Map<NativeFunction, Long> targets, Map<NativeFunction, Long> callers) {
        this.glue = glue;
        this.targets = targets;
        this.callers = callers;
        this.heard = glue.symbol("heard");
    }

    /** Starts AmgX, which from then on prints to the log. */
    static Bridge to(NativeLibrary amgx) {
        Map<NativeFunction, Long> targets = addresses(function -> target(amgx, function));
        String source = LISTENER
                + Arrays.stream(NativeFunction.values())
                        .map(NativeFunction::glue)
                        .collect(Collectors.joining("\n"));
        NativeLibrary glue = NativeLibrary.compile(source);
        Bridge bridge = new Bridge(glue, targets, addresses(function -> glue.symbol(function.glueName())));
        try {
            bridge.listen(bridge.text.address(), TEXT_BYTES);
            bridge.call(NativeFunction.AMGX_register_print_callback, glue.symbol("hear"));
            bridge.call(NativeFunction.AMGX_initialize);
            bridge.log();
            return bridge;
        } catch (AmgxException e) {
            bridge.close();
            throw e;
        }
    }

    private static Map<NativeFunction, Long> addresses(ToLongFunction<NativeFunction> address) {
        Map<NativeFunction, Long> found = new EnumMap<>(NativeFunction.class);
        for (NativeFunction function : NativeFunction.values()) {
            found.put(function, address.applyAsLong(function));
        }
        return found;
    }

    private static long target(NativeLibrary amgx, NativeFunction function) {
        try {
            return amgx.symbol(function.name());
        } catch (IllegalArgumentException e) {
            throw new AmgxException(
                    amgx.path() + " has no function " + function + ", so it is not AmgX 2; name another library.", e);
        }
    }

    private void listen(long address, long bytes) {
        argumentView.putLong(Long.BYTES, address).putLong(2 * Long.BYTES, bytes);
        NativeLibrary.call(glue.symbol("listen"), arguments.address());
    }

    /**
     * Calls a function.
     *
     * @throws AmgxException if it reports an error
     */
    void call(NativeFunction function, long... values) {
        if (broken != null) {
            throw new AmgxException("AmgX cannot be used any more after an error of the device (" + broken
                    + "): start a new process, with a smaller problem if memory was short.");
        }
        int code = invoke(function, values);
        if (code != 0) {
            String failure = function + " failed: " + described(code);
            if (code >= FIRST_FATAL && code <= LAST_FATAL) {
                broken = failure;
            }
            throw new AmgxException(failure + ".");
        }
    }

    private int invoke(NativeFunction function, long... values) {
        if (values.length != function.arity()) {
            throw new IllegalArgumentException(
                    function + " takes " + function.arity() + " arguments, but got " + values.length + ".");
        }
        argumentView.putLong(0, targets.get(function));
        for (int k = 0; k < values.length; k++) {
            argumentView.putLong((k + 1) * Long.BYTES, values[k]);
        }
        NativeLibrary.call(callers.get(function), arguments.address());
        return argumentView.getInt(0);
    }

    /** What AmgX says of an error, and what it printed before. */
    private String described(int code) {
        String printed = printed();
        int bytes = 4096;
        try (NativeMemory message = NativeMemory.allocate(bytes)) {
            boolean known = invoke(NativeFunction.AMGX_get_error_string, code, message.address(), bytes) == 0;
            String meaning = known ? line(message.view(), bytes) : "";
            return (meaning.isEmpty() ? "error " + code : meaning) + (printed.isEmpty() ? "" : " (" + printed + ")");
        }
    }

    private static String line(ByteBuffer bytes, int most) {
        int length = 0;
        while (length < most && bytes.get(length) != 0) {
            length++;
        }
        byte[] text = new byte[length];
        bytes.get(0, text);
        String line = new String(text, StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ");
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    /** What AmgX has printed since this was last asked, on one line. */
    private String printed() {
        NativeLibrary.call(heard, arguments.address());
        return line(textView, (int) argumentView.getLong(0));
    }

    /** Logs what AmgX has printed. */
    void log() {
        String printed = printed();
        if (!printed.isEmpty()) {
            LOG.debug("AmgX: {}", printed);
        }
    }

    /** The handle that a function puts where its first argument points. */
    long handle(NativeFunction function, long... others) {
        long[] values = new long[others.length + 1];
        values[0] = result.address();
        System.arraycopy(others, 0, values, 1, others.length);
        resultView.putLong(0, 0);
        call(function, values);
        return resultView.getLong(0);
    }

    /** The integer that a function puts where its last argument points. */
    int integer(NativeFunction function, long... others) {
        ask(function, others);
        return resultView.getInt(0);
    }

    /** The double that a function puts where its last argument points. */
    double number(NativeFunction function, long... others) {
        ask(function, others);
        return resultView.getDouble(0);
    }

    private void ask(NativeFunction function, long... others) {
        long[] values = Arrays.copyOf(others, others.length + 1);
        values[others.length] = result.address();
        resultView.putLong(0, 0);
        call(function, values);
    }

    /** Whether nothing more may be called. */
    boolean isBroken() {
        return broken != null;
    }

    /** Ends the connection; what AmgX prints from then on is lost. */
    @Override
    public void close() {
        listen(0, 0);
        arguments.close();
        result.close();
        text.close();
    }
}
