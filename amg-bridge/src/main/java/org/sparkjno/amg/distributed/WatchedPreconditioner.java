// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import org.sparkjno.amg.krylov.Preconditioner;

/**
 * A preconditioner whose uses somebody hears of.
 *
 * @param inverse does the work
 * @param watcher called before each application
 */
record WatchedPreconditioner(Preconditioner inverse, Runnable watcher) implements Preconditioner {
    @Override
    public Application begin(int width) {
        Application application = inverse.begin(width);
        return (r, z) -> {
            watcher.run();
            application.apply(r, z);
        };
    }

    @Override
    public Preconditioner transposed() {
        return new WatchedPreconditioner(inverse.transposed(), watcher);
    }
}
