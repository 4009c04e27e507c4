// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Machine code in memory, generated or installed. Its functions are called by address with {@link #call}. */
public final class NativeLibrary implements AutoCloseable {
    private final Path path;
    private long handle;

    private NativeLibrary(Path path, long handle) {
        this.path = path;
        this.handle = handle;
    }

    /**
     * Compiles C text, or finds it compiled in the cache, and loads it.
     *
     * @param source C text without includes; what it exports has default visibility
     * @throws CompileException if the compiler refuses it
     * @throws NoCompilerException if there is no compiler for this platform
     * @throws CacheException if the cache directory cannot be used
     */
    public static NativeLibrary compile(String source) {
        return compile(List.of(source));
    }

    /**
     * Compiles several translation units in as many compiler processes, at most one per processor at a time, and links
     * them into one library; otherwise as {@link #compile(String)}.
     */
    public static NativeLibrary compile(List<String> units) {
        if (units.isEmpty()) {
            throw new IllegalArgumentException("A library needs at least one translation unit.");
        }
        return load(KernelCache.shared().library(units));
    }

    /**
     * Loads a shared library as it is.
     *
     * @param path a file, or a bare name that the system looks for in its usual places
     * @throws IllegalStateException if it cannot be loaded; the message says why
     */
    public static NativeLibrary load(Path path) {
        Native.load();
        try (NativeMemory text = text(path.toString())) {
            long handle = Native.open(text.address());
            if (handle == 0) {
                throw new IllegalStateException("Cannot load " + path + ": " + Native.error() + ".");
            }
            return new NativeLibrary(path, handle);
        }
    }

    /**
     * Calls the function {@code void f(long arguments)} at an address that {@link #symbol} gave. The caller keeps the
     * library and all memory that the function touches open; an address of anything else ends the process.
     *
     * @param function address of the function
     * @param arguments passed on, by custom the address of a packed block of arguments
     */
    public static void call(long function, long arguments) {
        Native.call(function, arguments);
    }

    /**
     * Calls the function {@code void f(void **arrays, long *numbers)} at an address that {@link #symbol} gave on arrays of
     * the Java heap, without copies. The garbage collector waits for the call, so it should not take longer than
     * milliseconds. An address of anything else ends the process, and so does a function that leaves the arrays.
     *
     * @param function address of the function
     * @param numbers passed on; what the function writes there is seen by the caller
     * @param arrays at most 16 arrays of primitive types; null is passed on as 0
     * @throws OutOfMemoryError if the arrays cannot be held in place
     */
    public static void call(long function, long[] numbers, Object... arrays) {
        if (!Native.callOnArrays(function, arrays, numbers)) {
            throw new OutOfMemoryError("Machine code cannot work on these " + arrays.length + " arrays of the heap;"
                    + " there may be 16, and memory to hold them.");
        }
    }

    /**
     * Address of an exported function or object.
     *
     * @throws IllegalArgumentException if the library exports no such name
     * @throws IllegalStateException if the library is closed
     */
    public synchronized long symbol(String name) {
        if (handle == 0) {
            throw new IllegalStateException("The library " + path + " is closed.");
        }
        try (NativeMemory text = text(name)) {
            long address = Native.find(handle, text.address());
            if (address == 0) {
                throw new IllegalArgumentException("The library has no symbol " + name + ": " + Native.error() + ".");
            }
            return address;
        }
    }

    /** Gives the library the threads it may use: an exported pointer of this name then holds the pool. */
    void givePool(String name) {
        Native.buffer(symbol(name), Long.BYTES).order(ByteOrder.nativeOrder()).putLong(Native.pool());
    }

    /** Where the library lies on disk. */
    public Path path() {
        return path;
    }

    /** Unloads the code; calls after the first do nothing. No thread may be inside one of its functions. */
    @Override
    public synchronized void close() {
        if (handle != 0) {
            Native.shut(handle);
            handle = 0;
        }
    }

    private static NativeMemory text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        NativeMemory memory = NativeMemory.allocate(bytes.length + 1L);
        memory.view().put(bytes);
        return memory;
    }
}
