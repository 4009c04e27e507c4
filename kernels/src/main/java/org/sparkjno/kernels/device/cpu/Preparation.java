// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

/** Makes the compiler and the bridge to machine code ready on a thread of its own, while others trace what they will compute. */
final class Preparation {
    private static boolean begun;

    private Preparation() {}

    /** Begins once in the life of the process; whoever needs a part of it waits for that part. */
    static synchronized void begin() {
        if (!begun) {
            begun = true;
            Thread thread = new Thread(Preparation::run, "spark-jno-preparation");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void run() {
        try {
            Native.load();
            CodeIdentity.own();
        } catch (RuntimeException | LinkageError e) {
            // Whoever needs what is missing fails in the same way, and has somebody to tell.
        }
    }
}
