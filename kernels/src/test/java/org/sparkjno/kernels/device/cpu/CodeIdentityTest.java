// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeIdentityTest {
    private static final String CLASS = "org/sparkjno/kernels/graph/Value.class";

    @TempDir
    private Path directory;

    private Path jar(String name, String content, long time) throws IOException {
        Path file = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            ZipEntry entry = new ZipEntry(CLASS);
            entry.setTime(time);
            jar.putNextEntry(entry);
            jar.write(content.getBytes(StandardCharsets.UTF_8));
            jar.closeEntry();
        }
        return file;
    }

    /** Executors have copies of a jar, which are written anew for each application. */
    @Test
    void jarsOfTheSameClassesAreTheSameCode() throws IOException {
        String one = CodeIdentity.of(jar("one.jar", "code", 1_000_000_000_000L));
        assertThat(CodeIdentity.of(jar("copy.jar", "code", 1_100_000_000_000L))).isEqualTo(one);
        assertThat(CodeIdentity.of(jar("other.jar", "cole", 1_000_000_000_000L)))
                .isNotEqualTo(one);
    }

    @Test
    void aCompiledClassMakesADirectoryOtherCode() throws IOException {
        Path file = directory.resolve(CLASS);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "code");
        String before = CodeIdentity.of(directory);
        assertThat(CodeIdentity.of(directory)).isEqualTo(before);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
        assertThat(CodeIdentity.of(directory)).isNotEqualTo(before);
    }

    @Test
    void theTestsRunOnCodeThatIsKnown() {
        assertThat(CodeIdentity.own()).isPresent();
    }
}
