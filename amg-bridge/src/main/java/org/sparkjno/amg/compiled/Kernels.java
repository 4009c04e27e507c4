// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.compiled;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.LoggerFactory;
import org.sparkjno.kernels.device.cpu.CacheException;
import org.sparkjno.kernels.device.cpu.NativeLibrary;
import org.sparkjno.kernels.device.cpu.NoCompilerException;
import org.sparkjno.kernels.device.cpu.Toolchain;

/** Addresses of the loops of {@code sparse.c}, compiled for one precision, number of columns and size of blocks. */
final class Kernels {
    private static final String SOURCE = "sparse.c";
    /** Libraries are few and stay loaded. */
    private static final Map<Variant, Kernels> KNOWN = new ConcurrentHashMap<>();

    private static Boolean available;

    private final NativeLibrary library;
    private final Map<String, Long> addresses = new ConcurrentHashMap<>();

    private Kernels(NativeLibrary library) {
        this.library = library;
    }

    /**
     * What the text is compiled for.
     *
     * @param real type of numbers
     * @param width columns at once
     * @param height rows of a block
     * @param breadth columns of a block
     */
    record Variant(Real<?> real, int width, int height, int breadth) {
        private String source() {
            return "#define REAL " + real + "\n#define WIDTH " + width + "\n#define HEIGHT " + height
                    + "\n#define BREADTH " + breadth + "\n" + text();
        }
    }

    /** Whether there is a compiler; if not, one line of the log says what that means. */
    static synchronized boolean available() {
        if (available == null) {
            try {
                Toolchain.target();
                available = true;
            } catch (NoCompilerException | CacheException e) {
                // The logging starts with the first logger, and slowly: only where there is something to say.
                LoggerFactory.getLogger(Kernels.class)
                        .warn(
                                "Sparse solvers run without machine code, in double precision and slower for several"
                                        + " right-hand sides: {}",
                                e.getMessage());
                available = false;
            }
        }
        return available;
    }

    static Kernels of(Variant variant) {
        return KNOWN.computeIfAbsent(variant, missing -> new Kernels(NativeLibrary.compile(missing.source())));
    }

    long address(String function) {
        return addresses.computeIfAbsent(function, library::symbol);
    }

    private static String text() {
        try (InputStream in = Kernels.class.getResourceAsStream(SOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("The class path holds no " + SOURCE + " beside " + Kernels.class + ".", e);
        }
    }
}
