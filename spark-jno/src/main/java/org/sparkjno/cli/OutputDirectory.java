// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where a run leaves its files; looked at before the run begins, since a task would notice only at its first checkpoint. */
final class OutputDirectory {
    private OutputDirectory() {}

    /**
     * The directory as an absolute path; it need not exist yet, and is not made.
     *
     * @param option by which the user named it
     * @throws IllegalArgumentException if it is no directory, or nothing can be written there
     */
    static Path writable(Path out, String option) {
        Path existing = out.toAbsolutePath();
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            throw new IllegalArgumentException("Nothing can be written to " + out + ", because " + existing
                    + (Files.isDirectory(existing) ? " is read-only" : " is a file")
                    + "; name another directory by " + option + ".");
        }
        return out.toAbsolutePath();
    }
}
