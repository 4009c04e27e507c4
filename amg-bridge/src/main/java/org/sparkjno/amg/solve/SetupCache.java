// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.matrix.Pattern;

/**
 * The set-ups used last, within a bound of bytes. A set-up is found again by the pattern of its matrix, the values of its
 * matrix and its {@link Configuration}; hashes only lead there, all numbers are compared. Where pattern and configuration are known
 * and the values are new, the configuration says what is kept of the newest set-up.
 *
 * <p>Threads share a cache: a matrix is set up once, and others that ask for it meanwhile wait. A set-up that is pushed out
 * serves on for those who hold it.
 */
public final class SetupCache {
    private static final long USUAL_BYTES = 1L << 30;

    private final long capacity;
    /** The one used last comes last. */
    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    /** Of each pattern the set-up that was asked for first most recently. */
    private final Map<Family, Entry> newest = new HashMap<>();

    private long bytes;
    private long hits;
    private long misses;
    private long renewals;
    private long evictions;

    /**
     * How set-ups are made.
     *
     * @param solver makes them; solvers that are equal share them
     * @param reuse what is kept when values change and the pattern does not
     */
    public record Configuration(SparseSolver solver, Reuse reuse) {
        public Configuration {
            Objects.requireNonNull(solver, "solver");
            Objects.requireNonNull(reuse, "reuse");
        }
    }

    /**
     * What a cache has done so far.
     *
     * @param hits requests that found a set-up, be it one that another thread was still making
     * @param misses requests that did not
     * @param renewals misses that were served by renewing the set-up of other values
     * @param evictions set-ups that were pushed out by others
     * @param setUps how many are kept now
     * @param bytes what is kept now: matrices and set-ups; parts that set-ups share count once in each
     */
    public record Statistics(long hits, long misses, long renewals, long evictions, int setUps, long bytes) {}

    /** Matrices that may renew each other's set-ups. */
    private record Family(Configuration configuration, Pattern pattern) {}

    /** A matrix by its numbers. */
    private record Key(Family family, CsrMatrix matrix, int hash) {
        static Key of(Configuration configuration, CsrMatrix matrix) {
            Family family = new Family(configuration, matrix.pattern());
            return new Key(family, matrix, 31 * family.hashCode() + Arrays.hashCode(matrix.values()));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that
                    && hash == that.hash
                    && family.equals(that.family)
                    && Arrays.equals(matrix.values(), that.matrix.values());
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** A set-up that is made by whoever runs its task first, and what it has been found to take. */
    private static final class Entry {
        private final FutureTask<SparseSolver.Prepared> task;
        private long bytes;

        Entry(FutureTask<SparseSolver.Prepared> task, long bytes) {
            this.task = task;
            this.bytes = bytes;
        }

        SparseSolver.Prepared await(CsrMatrix matrix) throws ExecutionException {
            task.run();
            try {
                return task.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while a " + matrix + " was set up.", e);
            }
        }
    }

    private SetupCache(long capacity) {
        this.capacity = capacity;
    }

    /** An empty cache of 1 GiB. */
    public static SetupCache standard() {
        return ofBytes(USUAL_BYTES);
    }

    /**
     * An empty cache.
     *
     * @param capacity most bytes of all matrices and set-ups that are kept; the set-up used last is kept whatever its size
     */
    public static SetupCache ofBytes(long capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("A cache cannot hold " + capacity + " bytes; 0 keeps one set-up.");
        }
        return new SetupCache(capacity);
    }

    /**
     * The set-up of a matrix: the one that is known, or one made or renewed now. What the solver throws is thrown to all who
     * wait, and is tried again at the next request.
     */
    public SparseSolver.Prepared get(Configuration configuration, CsrMatrix matrix) {
        Key key = Key.of(configuration, matrix);
        Entry entry = entry(key);
        try {
            SparseSolver.Prepared prepared = entry.await(matrix);
            weigh(key, entry, prepared);
            return prepared;
        } catch (ExecutionException e) {
            synchronized (this) {
                if (entries.remove(key, entry)) {
                    discard(key, entry);
                }
            }
            throw unchecked(e.getCause());
        }
    }

    private synchronized Entry entry(Key key) {
        Entry known = entries.get(key);
        if (known != null) {
            hits++;
            return known;
        }
        misses++;
        Optional<Entry> earlier = key.family().configuration().reuse() == Reuse.REBUILD
                ? Optional.empty()
                : Optional.ofNullable(newest.get(key.family()));
        Entry entry = new Entry(
                new FutureTask<>(() -> setUp(key, earlier)), key.matrix().bytes());
        entries.put(key, entry);
        newest.put(key.family(), entry);
        bytes += entry.bytes;
        return entry;
    }

    /** Waits for an earlier set-up that is still being made: never in a circle, since that one was asked for before. */
    private SparseSolver.Prepared setUp(Key key, Optional<Entry> earlier) {
        Configuration configuration = key.family().configuration();
        Optional<SparseSolver.Prepared> renewed =
                earlier.flatMap(entry -> renewed(entry, key.matrix(), configuration.reuse()));
        if (renewed.isPresent()) {
            synchronized (this) {
                renewals++;
            }
            return renewed.get();
        }
        return configuration.solver().prepare(key.matrix());
    }

    private static Optional<SparseSolver.Prepared> renewed(Entry earlier, CsrMatrix matrix, Reuse reuse) {
        SparseSolver.Prepared prepared;
        try {
            prepared = earlier.await(matrix);
        } catch (ExecutionException e) {
            // That failure belongs to those who asked for that set-up.
            return Optional.empty();
        }
        return prepared.renewed(matrix, reuse);
    }

    /** Set-ups grow when first used for a transposed system or by a way that is fallen back on. */
    private synchronized void weigh(Key key, Entry entry, SparseSolver.Prepared prepared) {
        if (entries.get(key) != entry) {
            return;
        }
        long now = key.matrix().bytes() + prepared.bytes();
        bytes += now - entry.bytes;
        entry.bytes = now;
        Iterator<Map.Entry<Key, Entry>> eldest = entries.entrySet().iterator();
        while (bytes > capacity && entries.size() > 1) {
            Map.Entry<Key, Entry> gone = eldest.next();
            eldest.remove();
            discard(gone.getKey(), gone.getValue());
            evictions++;
        }
    }

    private void discard(Key key, Entry entry) {
        bytes -= entry.bytes;
        newest.remove(key.family(), entry);
    }

    private static RuntimeException unchecked(Throwable cause) {
        if (cause instanceof Error failure) {
            throw failure;
        }
        return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
    }

    /** What the cache has done so far. */
    public synchronized Statistics statistics() {
        return new Statistics(hits, misses, renewals, evictions, entries.size(), bytes);
    }

    /** Forgets all set-ups; the counters go on. */
    public synchronized void clear() {
        entries.clear();
        newest.clear();
        bytes = 0;
    }

    @Override
    public String toString() {
        return "cache of at most " + capacity + " bytes: " + statistics();
    }
}
