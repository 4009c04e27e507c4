// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A library and a way to use it.
 *
 * @param name for people
 * @param library the Python module
 * @param mode the way, as the scripts know it
 * @param environment variables that it needs
 */
record Variant(String name, String library, String mode, Map<String, String> environment) {
    /** Keeps glibc from returning large blocks to the system, which costs PyTorch a quarter of a step in page faults. */
    private static final Map<String, String> TUNED_MALLOC = Map.of(
            "MALLOC_MMAP_THRESHOLD_", "4294967296",
            "MALLOC_TRIM_THRESHOLD_", "17179869184",
            "MALLOC_TOP_PAD_", "268435456");

    /** Both libraries, plain, tuned and compiled. */
    static List<Variant> plain() {
        return List.of(
                new Variant("torch", "torch", "eager", Map.of()),
                new Variant("torch, malloc tuned", "torch", "eager", TUNED_MALLOC),
                new Variant("torch.compile", "torch", "compile", TUNED_MALLOC),
                new Variant("jax", "jax", "jit", Map.of()));
    }

    /** The same, with nested derivatives, and with Taylor mode written by hand. */
    static List<Variant> nestedAndTaylor() {
        List<Variant> all = new ArrayList<>();
        for (Variant variant : plain()) {
            // The compiler of PyTorch does not differentiate twice.
            if (!variant.mode().equals("compile")) {
                all.add(variant.in("nested"));
            }
            all.add(variant.in("taylor"));
        }
        return all;
    }

    private Variant in(String derivatives) {
        return new Variant(name + ", " + derivatives, library, mode + "-" + derivatives, environment);
    }
}
