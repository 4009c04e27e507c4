// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.nio.file.Path;
import java.util.Map;

/** Chooses the compiler of this host: the one that is named, else the one on the class path. */
public final class Toolchain {
    /** System property that names a clang or gcc: a path, or a name on the {@code PATH}. */
    public static final String PROPERTY = "org.sparkjno.clang";
    /** Environment variable of the same meaning; the property goes first. */
    public static final String VARIABLE = "SPARK_JNO_CLANG";

    private Toolchain() {}

    /**
     * The processor that {@link NativeLibrary} generates code for.
     *
     * @throws NoCompilerException if there is no compiler for this platform
     */
    public static CpuTarget target() {
        return KernelCache.shared().target();
    }

    /** Where compiled code is kept, see {@code org.sparkjno.cache} and {@code SPARK_JNO_CACHE}. */
    public static Path cacheDirectory() {
        return CacheDirectory.configured(System.getenv());
    }

    static Compiler find(CacheDirectory cache, Map<String, String> environment) {
        String named = System.getProperty(PROPERTY, environment.getOrDefault(VARIABLE, ""));
        if (!named.isBlank()) {
            return SystemCompiler.named(named);
        }
        if (BundledClang.isPresent()) {
            return BundledClang.in(cache);
        }
        throw new NoCompilerException("There is no C compiler for " + System.getProperty("os.name") + " on "
                + System.getProperty("os.arch")
                + "; put org.bytedeco:llvm for this platform on the class path (today linux-x86_64) or name an installed "
                + "clang or gcc by -D" + PROPERTY + "=PATH or " + VARIABLE + "=PATH.");
    }
}
