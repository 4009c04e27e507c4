// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.util.List;

/**
 * The processor code is generated for, as the compiler sees it.
 *
 * @param compiler what the compiler says of itself, in one line
 * @param triple target triple, such as {@code x86_64-unknown-linux-gnu}
 * @param cpu the compiler's name of the processor; in a virtual machine often the wrong one, so nothing may depend on it
 * @param features instruction-set extensions that are present, in the compiler's lower-case spelling, sorted
 */
public record CpuTarget(String compiler, String triple, String cpu, List<String> features) {

    public CpuTarget {
        features = features.stream().sorted().distinct().toList();
    }

    /** Bits of the widest vector register: 512, 256 or 128. */
    public int vectorBits() {
        if (features.contains("avx512f")) {
            return 512;
        }
        return features.contains("avx") ? 256 : 128;
    }

    /** Number of vector registers: 32 with AVX-512 or on 64-bit Arm, otherwise 16. */
    public int vectorRegisters() {
        return features.contains("avx512f") || triple.startsWith("aarch64") ? 32 : 16;
    }

    /**
     * What two hosts must share to share machine code. The name of the processor is left out: it varies between hosts
     * with the same instruction set.
     */
    public String key() {
        return compiler + '\n' + triple + '\n' + String.join(",", features);
    }
}
