// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The bridge to machine code: one small library, compiled once per host, through which every generated function is
 * called by its address. {@link #load()} goes before anything else.
 */
final class Native {
    private static final String SOURCE = "native.c";
    private static boolean loaded;

    private Native() {}

    /** Makes the native methods callable. */
    static synchronized void load() {
        if (!loaded) {
            Path library = KernelCache.shared().library(List.of(source()));
            try {
                load(library);
            } catch (IOException e) {
                throw new CacheException(library.getParent(), e);
            }
            // Binding a native method looks up symbols and so clears the error: bind the one that reads it now.
            error();
            loaded = true;
        }
    }

    /** Calls {@code void function(long arguments)}. An address that is not such a function ends the process. */
    static native void call(long function, long arguments);

    /**
     * Calls {@code void function(void **arrays, long *numbers)} with arrays that stay where they are meanwhile.
     *
     * @param arrays arrays of primitive types; null is passed on as 0
     * @return false if one of them could not be held in place, and nothing was called
     */
    static native boolean callOnArrays(long function, Object[] arrays, long[] numbers);

    /**
     * As {@link #call}, where the function calls others in Java. What one of these throws, this throws.
     *
     * @param host where the function expects the address of the host, see {@link org.sparkjno.kernels.render.Program}
     * @param calls the functions in Java
     */
    static native void callWithHost(long function, long arguments, long host, HostCalls calls);

    /** Called by machine code. */
    static void callBack(HostCalls calls, int number, long at) {
        calls.run(number, at);
    }

    /** {@code dlopen} of the path at an address; 0 on failure. */
    static native long open(long path);

    /** {@code dlsym}; 0 if there is no such symbol. */
    static native long find(long library, long name);

    /** {@code dlclose}; 0 if it went well. */
    static native int shut(long library);

    /** Text of the last failure of {@code dl...} in this thread, or null; asking clears it. */
    static native String error();

    /** Zeroed memory aligned to 64 bytes, to 2 MiB from 4 MB on; 0 if there is none. */
    static native long allocate(long bytes);

    /** Returns what {@link #allocate} gave for the same number of bytes. */
    static native void release(long address, long bytes);

    /** Address of {@code void run(void (*task)(void*, long), void* arguments, long parts)}: the pool of threads. */
    static native long pool();

    /** The bytes at an address as a big-endian buffer that owns nothing. */
    static native ByteBuffer buffer(long address, long bytes);

    private static void load(Path library) throws IOException {
        try {
            System.load(library.toString());
        } catch (UnsatisfiedLinkError e) {
            // A library belongs to one class loader; another one (a second Spark session, a notebook) needs a copy.
            if (e.getMessage() == null || !e.getMessage().contains("already loaded")) {
                throw e;
            }
            Path copy = Files.createTempFile("spark-jno-", ".so");
            try (InputStream in = Files.newInputStream(library)) {
                Files.write(copy, in.readAllBytes());
                System.load(copy.toString());
            } finally {
                Files.delete(copy);
            }
        }
    }

    private static String source() {
        try (InputStream in = Native.class.getResourceAsStream(SOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("The class path holds no " + SOURCE + " beside " + Native.class + ".", e);
        }
    }
}
