// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/**
 * A block of zeroed memory outside the Java heap, aligned to 64 bytes (to 2 MiB, and backed by huge pages where the
 * system grants them, from 4 MiB on). Its owner closes it.
 *
 * <p>As a safety net a block that is never closed is freed, with a warning, once neither it nor a view of it can be
 * reached. A bare {@link #address()} does not keep it alive.
 */
public final class NativeMemory implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Block block;
    private ByteBuffer whole;

    private NativeMemory(Block block) {
        this.block = block;
    }

    /**
     * Allocates a block.
     *
     * @param bytes its size, at least 1
     * @throws IllegalArgumentException if the size is not positive
     * @throws OutOfMemoryError if the system has no such block
     */
    public static NativeMemory allocate(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException(
                    "A block of native memory needs a positive size, not " + bytes + " bytes.");
        }
        Native.load();
        long address = Native.allocate(bytes);
        if (address == 0) {
            throw new OutOfMemoryError("The system has no " + bytes
                    + " bytes of native memory left; use a smaller batch or model, or a machine with more memory.");
        }
        Block block = new Block(address, bytes);
        NativeMemory memory = new NativeMemory(block);
        CLEANER.register(memory, block::abandon);
        return memory;
    }

    /** Address of the first byte, valid until {@link #close()}. */
    public long address() {
        block.checkOpen();
        return block.address;
    }

    /** Size in bytes. */
    public long bytes() {
        return block.bytes;
    }

    /**
     * A part of the block as a buffer in the byte order of the machine code (little-endian). It must not be used after
     * {@link #close()}.
     *
     * @param offset first byte of the part
     * @param bytes size of the part, at most 2 GiB - 1
     * @throws IndexOutOfBoundsException if the part reaches beyond the block
     */
    public ByteBuffer view(long offset, long bytes) {
        block.checkOpen();
        if (offset < 0 || bytes < 0 || bytes > Integer.MAX_VALUE || offset > block.bytes - bytes) {
            throw new IndexOutOfBoundsException("A view of " + bytes + " bytes at " + offset
                    + " does not fit a block of " + block.bytes + " bytes (nor one buffer, if above 2 GiB).");
        }
        ByteBuffer view = block.bytes > Integer.MAX_VALUE
                ? watched(offset, bytes)
                : whole().slice(Math.toIntExact(offset), Math.toIntExact(bytes));
        return view.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The block as one buffer, which all views are slices of and keep reachable: steps take views again and again. */
    private synchronized ByteBuffer whole() {
        if (whole == null) {
            whole = watched(0, block.bytes);
        }
        return whole;
    }

    private ByteBuffer watched(long offset, long bytes) {
        ByteBuffer view = Native.buffer(block.address + offset, bytes);
        block.holders.incrementAndGet();
        CLEANER.register(view, block::abandon);
        return view;
    }

    /** The whole block as one buffer; see {@link #view(long, long)}. */
    public ByteBuffer view() {
        return view(0, block.bytes);
    }

    /** Frees the block; calls after the first do nothing. */
    @Override
    public void close() {
        block.free();
    }

    /** The block itself, apart from its owner so that the cleaner does not keep the owner reachable. */
    private static final class Block {
        private final long address;
        private final long bytes;
        /** The owner and the views of it that can still be reached. */
        private final AtomicInteger holders = new AtomicInteger(1);

        private boolean freed;

        Block(long address, long bytes) {
            this.address = address;
            this.bytes = bytes;
        }

        synchronized void checkOpen() {
            if (freed) {
                throw new IllegalStateException("This block of " + bytes + " bytes of native memory is closed.");
            }
        }

        synchronized boolean free() {
            if (freed) {
                return false;
            }
            freed = true;
            Native.release(address, bytes);
            return true;
        }

        void abandon() {
            if (holders.decrementAndGet() == 0 && free()) {
                // The logging starts with the first logger, and slowly: only where there is something to say.
                LoggerFactory.getLogger(NativeMemory.class)
                        .warn("A block of {} bytes of native memory was never closed and has been freed.", bytes);
            }
        }
    }
}
