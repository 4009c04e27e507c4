// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A C compiler with its linker, set up for this host. Safe for use by many threads. */
interface Compiler {

    /**
     * What the arithmetic of generated code may rely on: sums may be reordered and contracted, zeros have no sign, but
     * NaN and infinities are honoured.
     */
    List<String> ARITHMETIC = List.of("-fno-signed-zeros", "-freciprocal-math", "-ffp-contract=fast");

    CpuTarget target();

    /** Everything on the command line that decides the machine code, apart from the processor. */
    List<String> flags();

    /**
     * Compiles one translation unit.
     *
     * @throws CompileException if the compiler refuses the text
     */
    void compile(Path directory, String source, String object) throws IOException;

    /**
     * Links objects into one shared library.
     *
     * @throws CompileException if the linker refuses them
     */
    void link(Path directory, List<String> objects, String library) throws IOException;
}
