// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.amgx;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.sparkjno.kernels.device.cpu.NativeLibrary;
import org.sparkjno.kernels.device.cpu.NativeMemory;
import org.sparkjno.kernels.device.cpu.NoCompilerException;

/**
 * NVIDIA AmgX in this process: a shared library that is loaded when present, found by the system property
 * {@value #PROPERTY}, the environment variable {@value #VARIABLE}, or its usual name where the system looks for libraries.
 *
 * <p>AmgX allows one thread and keeps state for the whole process; so one thread makes all calls, whoever asks, one after the
 * other. Its signal handlers are never installed, because the JVM needs its own. After an error of the device (CUDA, Thrust,
 * memory) AmgX may end the process when called again; so it is not, and every later solve says that a new process is needed.
 */
public final class Amgx implements AutoCloseable {
    /** System property with the path of the library. */
    public static final String PROPERTY = "org.sparkjno.amgx";
    /** Environment variable of the same meaning; the property goes first. */
    public static final String VARIABLE = "AMGX_LIB";

    private static final String USUAL_NAME = "libamgxsh.so";

    private static Installed installed;

    private final Path library;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread driver = new Thread(work, "amgx");
        driver.setDaemon(true);
        return driver;
    });
    /** All below belongs to that thread. */
    private final Bridge bridge;

    private final NativeObjects objects;
    private final Map<Integer, Long> resources = new HashMap<>();
    private final Set<Residence> residences = new HashSet<>();

    /** AmgX on this host, or why there is none. */
    private record Installed(Optional<Amgx> amgx, String obstacle) {}

    private Amgx(Path library) {
        this.library = library;
        try {
            this.bridge = drive(() -> Bridge.to(NativeLibrary.load(library)));
        } catch (RuntimeException | Error e) {
            thread.shutdown();
            throw e;
        }
        this.objects = new NativeObjects(bridge);
    }

    /** Whether AmgX can be loaded here; if not, {@link #installed()} says why. */
    public static boolean isAvailable() {
        return find().amgx().isPresent();
    }

    /**
     * AmgX as it is installed on this host, loaded when first asked for and kept as long as the process lives.
     *
     * @throws AmgxException if it cannot be loaded; one sentence says why and what to do
     */
    public static Amgx installed() {
        Installed found = find();
        return found.amgx().orElseThrow(() -> new AmgxException(found.obstacle()));
    }

    private static synchronized Installed find() {
        if (installed == null) {
            installed = find(System.getProperty(PROPERTY, System.getenv().getOrDefault(VARIABLE, USUAL_NAME)));
        }
        return installed;
    }

    private static Installed find(String name) {
        try {
            return new Installed(Optional.of(load(Path.of(name))), "");
        } catch (AmgxException | NoCompilerException e) {
            return new Installed(
                    Optional.empty(),
                    e.getMessage() + " Install AmgX and name its library by -D" + PROPERTY + "=PATH or " + VARIABLE
                            + "=PATH, or take another solver.");
        }
    }

    /**
     * Loads a library. AmgX is meant to be loaded once per process: {@link #installed()} does that.
     *
     * @param library a file, or a bare name that the system looks for
     * @throws AmgxException if it cannot be loaded, is not AmgX, or finds no device
     */
    public static Amgx load(Path library) {
        try {
            return new Amgx(library);
        } catch (IllegalStateException e) {
            throw new AmgxException("AmgX cannot be loaded: " + e.getMessage(), e);
        }
    }

    /**
     * Does work on the thread that may call AmgX, and waits for it.
     *
     * @throws AmgxException if AmgX refuses a call or was closed
     */
    <T> T drive(Callable<T> work) {
        Future<T> result;
        try {
            result = thread.submit(work);
        } catch (RejectedExecutionException e) {
            throw new AmgxException("The connection to AmgX in " + library + " is closed.", e);
        }
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while AmgX was at work.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** On the driving thread: a place on a device for the systems of one pattern. */
    Residence settle(AmgxSolver solver) {
        Residence residence = new Residence(bridge, resources(solver), solver);
        residences.add(residence);
        return residence;
    }

    /** Those of a device are made once, by the first configuration, which must live as long as they. */
    private long resources(AmgxSolver solver) {
        return resources.computeIfAbsent(solver.device(), device -> {
            long configuration = objects.configuration(solver.parameters());
            try (NativeMemory number = Staging.of(new int[] {device})) {
                return objects.create(
                        NativeFunction.AMGX_resources_create,
                        NativeFunction.AMGX_resources_destroy,
                        configuration,
                        0,
                        1,
                        number.address());
            }
        });
    }

    /** From any thread: frees such a place when the driving thread gets there. */
    void vacate(Residence residence) {
        try {
            thread.execute(() -> {
                if (residences.remove(residence)) {
                    residence.close();
                }
            });
        } catch (RejectedExecutionException e) {
            // Closing this connection has freed it.
        }
    }

    /** Frees all that lies on devices. The library stays loaded, because CUDA's exit handlers need it. */
    @Override
    public void close() {
        if (thread.isShutdown()) {
            return;
        }
        try {
            drive(() -> {
                residences.forEach(Residence::close);
                residences.clear();
                objects.close();
                if (!bridge.isBroken()) {
                    bridge.call(NativeFunction.AMGX_finalize);
                }
                bridge.close();
                return null;
            });
        } finally {
            thread.shutdown();
        }
    }

    @Override
    public String toString() {
        return "AmgX in " + library;
    }
}
