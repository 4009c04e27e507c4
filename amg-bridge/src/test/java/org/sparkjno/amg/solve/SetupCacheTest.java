// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkjno.amg.gallery.Convection;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.matrix.Pattern;

/** What a cache of set-ups finds, makes, renews and forgets. */
class SetupCacheTest {
    private static final CsrMatrix MATRIX = Stencils.laplacian(40, 1, 1);

    private static CsrMatrix scaled(CsrMatrix matrix, double factor) {
        double[] values = Arrays.stream(matrix.values()).map(v -> factor * v).toArray();
        return CsrMatrix.of(matrix.pattern(), values);
    }

    private static CsrMatrix copy(CsrMatrix matrix) {
        Pattern pattern = matrix.pattern();
        return CsrMatrix.of(
                pattern.rows(),
                pattern.columnCount(),
                pattern.rowStart().clone(),
                pattern.columns().clone(),
                matrix.values().clone());
    }

    private static SetupCache.Configuration rebuilding(SparseSolver solver) {
        return new SetupCache.Configuration(solver, Reuse.REBUILD);
    }

    private static boolean solves(SparseSolver.Prepared prepared, CsrMatrix matrix) {
        double[] b = new double[matrix.rows()];
        Arrays.fill(b, 1);
        return prepared.solve(b, new double[b.length], 1, false).stream().allMatch(SolveReport::converged);
    }

    @Test
    void equalNumbersFindOneSetUp() {
        SetupCache cache = SetupCache.standard();
        SparseSolver.Prepared first = cache.get(rebuilding(Solver.auto()), MATRIX);

        assertThat(cache.get(rebuilding(Solver.auto().tolerance(1e-8)), copy(MATRIX)))
                .isSameAs(first);
        assertThat(cache.get(rebuilding(Solver.auto()), scaled(MATRIX, 2))).isNotSameAs(first);
        assertThat(cache.get(rebuilding(Solver.auto().tolerance(1e-6)), MATRIX)).isNotSameAs(first);
        SetupCache.Statistics statistics = cache.statistics();
        assertThat(statistics.hits()).isEqualTo(1);
        assertThat(statistics.misses()).isEqualTo(3);
        assertThat(statistics.renewals()).isZero();
        assertThat(statistics.evictions()).isZero();
        assertThat(statistics.setUps()).isEqualTo(3);
        assertThat(statistics.bytes()).isGreaterThan(6 * MATRIX.bytes());
        cache.clear();
        assertThat(cache.statistics().bytes()).isZero();
        assertThat(cache.get(rebuilding(Solver.auto()), MATRIX)).isNotSameAs(first);
    }

    @ParameterizedTest
    @EnumSource(Reuse.class)
    void newValuesOfAKnownPattern(Reuse reuse) {
        SetupCache cache = SetupCache.standard();
        SetupCache.Configuration configuration = new SetupCache.Configuration(Solver.auto(), reuse);
        CsrMatrix other = scaled(MATRIX, 1.5);

        PreparedSystem first = (PreparedSystem) cache.get(configuration, MATRIX);
        PreparedSystem second = (PreparedSystem) cache.get(configuration, other);

        assertThat(solves(second, other)).isTrue();
        assertThat(cache.statistics().misses()).isEqualTo(2);
        assertThat(cache.statistics().renewals()).isEqualTo(reuse == Reuse.REBUILD ? 0 : 1);
        Object known = first.hierarchy().orElseThrow();
        assertThat(known == second.hierarchy().orElseThrow()).isEqualTo(reuse == Reuse.KEEP);
        assertThat(cache.get(configuration, other)).isSameAs(second);
    }

    @ParameterizedTest
    @EnumSource(Reuse.class)
    void aMatrixOfAnotherKindIsSetUpAnew(Reuse reuse) {
        CsrMatrix convection = Convection.diagonal(40, 1e-3);
        double[] mean = convection.values().clone();
        double[] turned = convection.pattern().transposition().apply(mean);
        Arrays.setAll(mean, k -> 0.5 * (mean[k] + turned[k]));
        SetupCache cache = SetupCache.standard();
        SetupCache.Configuration configuration = new SetupCache.Configuration(Solver.auto(), reuse);
        CsrMatrix symmetric = CsrMatrix.of(convection.pattern(), mean);
        for (CsrMatrix matrix : List.of(symmetric, convection, scaled(symmetric, -1))) {
            assertThat(solves(cache.get(configuration, matrix), matrix)).isTrue();
        }
    }

    /** A solver that cannot renew prepares, whatever the mode. */
    @Test
    void whatCannotBeRenewedIsMade() {
        DenseSolver dense = new DenseSolver();
        SetupCache cache = SetupCache.standard();
        SetupCache.Configuration configuration = new SetupCache.Configuration(dense, Reuse.KEEP);
        CsrMatrix small = Stencils.laplacian(3, 1, 1);
        cache.get(configuration, small);
        cache.get(configuration, scaled(small, 2));
        assertThat(dense.prepared()).isEqualTo(2);
        assertThat(cache.statistics().renewals()).isZero();
    }

    @Test
    void bytesAreBounded() {
        CsrMatrix small = Stencils.laplacian(3, 1, 1);
        SetupCache cache = SetupCache.ofBytes(3 * small.bytes());
        SetupCache.Configuration configuration = rebuilding(new DenseSolver());
        SparseSolver.Prepared first = cache.get(configuration, small);
        SparseSolver.Prepared second = cache.get(configuration, scaled(small, 2));
        cache.get(configuration, scaled(small, 3));
        assertThat(cache.get(configuration, small)).isSameAs(first);

        cache.get(configuration, scaled(small, 4));

        SetupCache.Statistics statistics = cache.statistics();
        assertThat(statistics.evictions()).isEqualTo(1);
        assertThat(statistics.bytes()).isEqualTo(3 * small.bytes());
        assertThat(cache.get(configuration, small)).isSameAs(first);
        assertThat(cache.get(configuration, scaled(small, 2))).isNotSameAs(second);
        assertThat(solves(second, small)).isTrue();
    }

    @Test
    void theLastSetUpIsKeptWhateverItsSize() {
        SetupCache cache = SetupCache.ofBytes(0);
        SetupCache.Configuration configuration = rebuilding(Solver.auto());
        SparseSolver.Prepared first = cache.get(configuration, MATRIX);
        assertThat(cache.get(configuration, MATRIX)).isSameAs(first);
        cache.get(configuration, scaled(MATRIX, 2));
        assertThat(cache.statistics().setUps()).isEqualTo(1);
        assertThat(cache.statistics().evictions()).isEqualTo(1);
        assertThatThrownBy(() -> SetupCache.ofBytes(-1)).hasMessageContaining("-1 bytes");
    }

    /** What a set-up grows by when it is used counts, too. */
    @Test
    void setUpsAreWeighedAgain() {
        CsrMatrix convection = Convection.diagonal(40, 1e-3);
        SetupCache cache = SetupCache.standard();
        SetupCache.Configuration configuration = rebuilding(Solver.auto());
        SparseSolver.Prepared prepared = cache.get(configuration, convection);
        long before = cache.statistics().bytes();
        double[] b = new double[convection.rows()];
        Arrays.fill(b, 1);
        prepared.solve(b, new double[b.length], 1, true);
        cache.get(configuration, convection);
        assertThat(cache.statistics().bytes()).isGreaterThan(before);
    }

    @Test
    void failuresAreNotKept() {
        AtomicInteger attempts = new AtomicInteger();
        SparseSolver unsteady = matrix -> {
            if (attempts.incrementAndGet() == 1) {
                throw new IllegalArgumentException("not today");
            }
            return new DenseSolver().prepare(matrix);
        };
        CsrMatrix small = Stencils.laplacian(3, 1, 1);
        SetupCache cache = SetupCache.standard();
        for (Reuse reuse : Reuse.values()) {
            attempts.set(0);
            SetupCache.Configuration configuration = new SetupCache.Configuration(unsteady, reuse);
            assertThatThrownBy(() -> cache.get(configuration, small))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("not today");
            assertThat(solves(cache.get(configuration, small), small)).isTrue();
            assertThat(attempts).hasValue(2);
        }
        assertThat(cache.statistics().setUps()).isEqualTo(3);
        assertThat(cache.statistics().bytes()).isEqualTo(3 * small.bytes());
    }

    @Test
    void eightThreadsShareOneSetUpPerMatrix() throws Exception {
        int threads = 8;
        AtomicInteger setUps = new AtomicInteger();
        SparseSolver counting = matrix -> {
            setUps.incrementAndGet();
            return Solver.auto().prepare(matrix);
        };
        SetupCache cache = SetupCache.standard();
        SetupCache.Configuration configuration = rebuilding(counting);
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Set<SparseSolver.Prepared>>> results = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int offset = t;
                results.add(pool.submit(() -> {
                    start.await();
                    Set<SparseSolver.Prepared> seen = new HashSet<>();
                    for (int k = 0; k < 12; k++) {
                        CsrMatrix matrix = scaled(MATRIX, 1 + (offset + k) % 3);
                        SparseSolver.Prepared prepared = cache.get(configuration, matrix);
                        assertThat(solves(prepared, matrix)).isTrue();
                        seen.add(prepared);
                    }
                    return seen;
                }));
            }
            start.countDown();
            Set<SparseSolver.Prepared> all = new HashSet<>();
            for (Future<Set<SparseSolver.Prepared>> result : results) {
                all.addAll(result.get());
            }
            assertThat(all).hasSize(3);
        } finally {
            pool.shutdownNow();
        }
        assertThat(setUps).hasValue(3);
        assertThat(cache.statistics().misses()).isEqualTo(3);
        assertThat(cache.statistics().hits()).isEqualTo(threads * 12 - 3);
    }

    /** Threads that renew each other's set-ups, and push them out, end with right answers and right sums. */
    @Test
    void renewalsAndEvictionsUnderConcurrency() throws Exception {
        long room = 5 * Solver.auto().prepare(MATRIX).bytes();
        SetupCache cache = SetupCache.ofBytes(room);
        SetupCache.Configuration configuration = new SetupCache.Configuration(Solver.auto(), Reuse.GALERKIN);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int k = 0; k < 48; k++) {
                CsrMatrix matrix = scaled(MATRIX, 1 + k % 16);
                results.add(pool.submit(() -> solves(cache.get(configuration, matrix), matrix)));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
        SetupCache.Statistics statistics = cache.statistics();
        assertThat(statistics.hits() + statistics.misses()).isEqualTo(48);
        assertThat(statistics.renewals()).isPositive();
        assertThat(statistics.setUps()).isEqualTo((int) (statistics.misses() - statistics.evictions()));
        assertThat(statistics.bytes()).isPositive().isLessThanOrEqualTo(room);
    }

    @Test
    void solvesInGraphsShareACache() {
        SetupCache cache = SetupCache.standard();
        SparseSolve one = SparseSolve.by(Solver.auto()).cachedIn(cache);
        assertThat(one.cache()).isSameAs(cache);
        assertThat(one.reusing(Reuse.KEEP).cache()).isSameAs(cache);
        assertThat(SparseSolve.by(Solver.auto()).cache()).isNotSameAs(cache);
    }
}
