// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.List;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.optimize.Kernel;

/** What stands between the braces of a kernel's function. */
final class KernelText {
    private KernelText() {}

    /**
     * Writes the statements of a kernel.
     *
     * @param reach which arguments of periodic functions they are for
     * @param ranged whether the outermost axis of a loop runs over {@code from..to} only
     */
    static void write(Kernel kernel, Signature signature, Reach reach, boolean ranged, CText text) {
        if (kernel instanceof Kernel.Loop loop) {
            new LoopText(loop, signature, reach, text, ranged).write();
        } else if (kernel instanceof Kernel.Contraction contraction) {
            new ContractionText(contraction, signature, reach, text).write();
        } else if (kernel instanceof Kernel.Dedicated dedicated) {
            new DedicatedText(dedicated, signature, text).write();
        } else if (kernel instanceof Kernel.Clear clear) {
            clear(clear.target().base(), text);
        } else {
            throw new IllegalStateException(kernel + " is no function.");
        }
    }

    private static void clear(Value target, CText text) {
        if (text.dialect().isThreaded()) {
            List<Integer> elements = List.of(Math.toIntExact(target.shape().size()));
            text.dialect().open(text, List.of("i"), elements);
            text.line("p0[i] = 0;").close();
        } else {
            text.line("__builtin_memset(p0, 0, %d);", target.type().bytes());
        }
    }
}
