// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;

/** The cache directory cannot be used (disk full, no permission); the message names the directory and the remedy. */
public final class CacheException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CacheException(Path directory, IOException cause) {
        super(sentence(directory, cause), cause);
    }

    static String sentence(Path directory, Exception cause) {
        return "Cannot write to the cache directory " + directory + " (" + reason(cause)
                + "); free space there or name another directory by -D" + CacheDirectory.PROPERTY + "=DIR or "
                + CacheDirectory.VARIABLE + "=DIR.";
    }

    private static String reason(Exception cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof ReadOnlyFileSystemException) {
            return "read-only file system";
        }
        if (cause instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
