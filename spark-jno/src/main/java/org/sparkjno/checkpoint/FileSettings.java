// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.checkpoint;

import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Hadoop's settings of file systems, in a form that travels. Hadoop itself, which is slow to start, is asked when there are files
 * to open and not before.
 *
 * @param given all settings; empty for those of the machine
 */
public record FileSettings(Map<String, String> given) implements Serializable {
    private static final long serialVersionUID = 1L;

    public FileSettings {
        given = new TreeMap<>(given);
    }

    /** Those of the machine. */
    public static FileSettings ofMachine() {
        return new FileSettings(Map.of());
    }

    /** Those of a session. */
    public static FileSettings of(Configuration session) {
        Map<String, String> given = new TreeMap<>();
        session.forEach(setting -> given.put(setting.getKey(), setting.getValue()));
        return new FileSettings(given);
    }

    /** The file system of a path. */
    public FileSystem of(Path path) throws IOException {
        Configuration configuration = new Configuration(given.isEmpty());
        given.forEach(configuration::set);
        return path.getFileSystem(configuration);
    }
}
