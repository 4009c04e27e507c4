// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks into a directory of checkpoints. */
final class FinalWeights {
    private FinalWeights() {}

    /** The bytes of the weights in the newest checkpoint. */
    static byte[] in(Path checkpoints) throws IOException {
        List<Path> steps = steps(checkpoints);
        return Files.readAllBytes(steps.get(steps.size() - 1).resolve("weights.safetensors"));
    }

    /** The checkpoints, oldest first. */
    static List<Path> steps(Path checkpoints) throws IOException {
        try (Stream<Path> entries = Files.list(checkpoints)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith("step-"))
                    .sorted()
                    .toList();
        }
    }
}
