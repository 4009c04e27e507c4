// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * A Python interpreter.
 *
 * @param python its path, or a name on the path
 */
record Installation(String python) {
    /** Whether the interpreter runs and can import a module, and NumPy, which all scripts need. */
    boolean has(String module) throws IOException {
        try {
            Process probe = new ProcessBuilder(python, "-c", "import numpy, " + module)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return probe.waitFor(2, TimeUnit.MINUTES) && probe.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while looking for " + python + ".", e);
        }
    }
}
