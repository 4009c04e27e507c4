// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * The set-ups of the matrices used last, so that the solves for derivatives of a solution find the set-up of the solution.
 * Matrices are compared number by number. Threads share it: a matrix is set up once, and others wait for it.
 */
final class RecentSetUps {
    private final SparseSolver solver;
    private final long capacity;
    /** The one used last comes last. */
    private final Map<Key, FutureTask<SparseSolver.Prepared>> known = new LinkedHashMap<>(16, 0.75f, true);

    private long entries;

    /** A matrix by its entries. */
    private record Key(CsrMatrix matrix, int hash) {
        static Key of(CsrMatrix matrix) {
            return new Key(matrix, 31 * matrix.pattern().hashCode() + Arrays.hashCode(matrix.values()));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that
                    && hash == that.hash
                    && matrix.pattern().equals(that.matrix.pattern())
                    && Arrays.equals(matrix.values(), that.matrix.values());
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /**
     * No set-ups yet.
     *
     * @param solver makes them
     * @param capacity stored entries of all matrices whose set-ups are kept; that used last is always kept
     */
    RecentSetUps(SparseSolver solver, long capacity) {
        this.solver = solver;
        this.capacity = capacity;
    }

    /** The set-up of a matrix, made now unless it is known. What the solver throws is thrown, and tried again next time. */
    SparseSolver.Prepared of(CsrMatrix matrix) {
        Key key = Key.of(matrix);
        FutureTask<SparseSolver.Prepared> task;
        synchronized (known) {
            task = known.get(key);
            if (task == null) {
                task = new FutureTask<>(() -> solver.prepare(matrix));
                known.put(key, task);
                entries += matrix.entries();
                forget();
            }
        }
        task.run();
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a " + matrix + " was set up.", e);
        } catch (ExecutionException e) {
            synchronized (known) {
                if (known.remove(key, task)) {
                    entries -= matrix.entries();
                }
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void forget() {
        Iterator<Key> eldest = known.keySet().iterator();
        while (entries > capacity && known.size() > 1) {
            entries -= eldest.next().matrix().entries();
            eldest.remove();
        }
    }
}
