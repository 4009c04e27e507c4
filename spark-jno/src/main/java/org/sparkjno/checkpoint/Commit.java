// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The last file of a checkpoint: what the other files must be. Without it the checkpoint does not count.
 *
 * @param files length and checksum by file name
 */
record Commit(Map<String, Seal> files) {
    static final String FILE = "_COMMIT";

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One file.
     *
     * @param bytes its length
     * @param crc32c its checksum
     */
    record Seal(long bytes, long crc32c) {}

    Commit {
        files = new TreeMap<>(files);
    }

    byte[] text() throws IOException {
        return JSON.writeValueAsBytes(this);
    }

    static Commit of(byte[] text) throws IOException {
        return JSON.readValue(text, Commit.class);
    }

    /** Whether all files are there with their lengths. */
    boolean isComplete(FileSystem system, Path directory) throws IOException {
        for (Map.Entry<String, Seal> file : files.entrySet()) {
            Path path = new Path(directory, file.getKey());
            if (!system.exists(path)
                    || system.getFileStatus(path).getLen() != file.getValue().bytes()) {
                return false;
            }
        }
        return true;
    }
}
