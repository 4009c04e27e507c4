// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.classical;

import static org.sparkjno.amg.classical.PointType.FINE;
import static org.sparkjno.amg.classical.PointType.ISOLATED;

import java.util.Arrays;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.sparkjno.amg.parallel.Team;

/** A graph dealt to threads that know only their own rows and speak through a boundary, as processes would. */
final class SharedGraph {
    private final StrongCouplings couplings;
    private final int parts;
    private final byte[] owned;
    private final boolean[] left;
    private final CyclicBarrier barrier;

    SharedGraph(StrongCouplings couplings, int parts) {
        this.couplings = couplings;
        this.parts = parts;
        owned = new byte[couplings.dependences().rows()];
        left = new boolean[parts];
        barrier = new CyclicBarrier(parts);
    }

    byte[] split() {
        Thread[] threads = IntStream.range(0, parts)
                .mapToObj(part -> new Thread(() -> run(part)))
                .toArray(Thread[]::new);
        Arrays.stream(threads).forEach(Thread::start);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return owned;
    }

    /** Local numbering: own rows first, then all others as ghosts in ascending order. */
    private void run(int part) {
        int n = owned.length;
        int from = Team.cut(n, parts, part);
        int to = Team.cut(n, parts, part + 1);
        int[] global = IntStream.concat(
                        IntStream.range(from, to), IntStream.range(0, n).filter(i -> i < from || i >= to))
                .toArray();
        int[] local = new int[n];
        for (int l = 0; l < n; l++) {
            local[global[l]] = l;
        }
        long[] weights = new long[n];
        byte[] types = new byte[n];
        for (int l = 0; l < n; l++) {
            int influence = couplings.influences().degree(global[l]);
            weights[l] = IndependentSet.weight(global[l], influence);
            boolean depends = couplings.dependences().degree(global[l]) > 0;
            types[l] = !depends ? ISOLATED : influence == 0 ? FINE : PointType.UNDECIDED;
        }
        IndependentSet.complete(
                rows(couplings.dependences(), from, to, local),
                rows(couplings.influences(), from, to, local),
                weights,
                types,
                new IndependentSet.Boundary() {
                    @Override
                    public void refresh(byte[] mine) {
                        System.arraycopy(mine, 0, owned, from, to - from);
                        meet();
                        for (int l = to - from; l < n; l++) {
                            mine[l] = owned[global[l]];
                        }
                        meet();
                    }

                    @Override
                    public boolean anywhere(boolean here) {
                        left[part] = here;
                        meet();
                        boolean any = false;
                        for (boolean there : left) {
                            any |= there;
                        }
                        meet();
                        return any;
                    }
                },
                Team.serial());
    }

    private void meet() {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Couplings rows(Couplings all, int from, int to, int[] local) {
        int[] start = new int[to - from + 1];
        for (int i = from; i < to; i++) {
            start[i - from + 1] = all.start()[i + 1] - all.start()[from];
        }
        int[] columns = Arrays.copyOfRange(all.columns(), all.start()[from], all.start()[to]);
        Arrays.setAll(columns, k -> local[columns[k]]);
        return new Couplings(start, columns);
    }
}
