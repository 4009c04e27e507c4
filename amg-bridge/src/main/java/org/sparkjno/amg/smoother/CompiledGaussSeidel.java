// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sparkjno.amg.compiled.BlockRows;
import org.sparkjno.amg.compiled.Panel;
import org.sparkjno.amg.compiled.Real;
import org.sparkjno.amg.compiled.Triangles;
import org.sparkjno.amg.matrix.Blocking;
import org.sparkjno.amg.matrix.Blocking.Selection;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.matrix.Pattern;
import org.sparkjno.amg.parallel.Team;

/**
 * Gauss-Seidel over nodes of one unknown or several, as machine code: within the parts of a {@link Partition} as in {@link
 * HybridApplication}, and on symmetric matrices with half the matrix.
 */
final class CompiledGaussSeidel<V> implements CompiledSmoother<V> {
    /** What the rounding of Galerkin products leaves of symmetry. */
    private static final double ROUNDING = 1e-11;

    private final Pattern pattern;
    private final Real<V> real;
    private final int size;
    private final Partition partition;
    private final Team team;
    private final Triangles<V> triangles;
    private final List<Boundary<V>> boundaries;

    /**
     * The nodes of a part that are coupled to others.
     *
     * @param nodes increasing
     * @param couplings a block row for each
     * @param surplus what is added to the diagonal of each of their rows
     */
    private record Boundary<V>(int[] nodes, BlockRows<V> couplings, V surplus) {}

    /**
     * The sweeps of a matrix.
     *
     * @param size unknowns per node
     * @param inverse inverses of the diagonal blocks, each row after row
     * @param earlier sweeps whose arrays of positions serve again if they are of the same pattern
     */
    CompiledGaussSeidel(
            CsrMatrix matrix,
            int size,
            Partition partition,
            double[] inverse,
            Team team,
            Real<V> real,
            Optional<CompiledSmoother<V>> earlier) {
        this.pattern = matrix.pattern();
        this.real = real;
        this.size = size;
        this.partition = partition;
        this.team = team;
        int[] nodes = IntStream.range(0, matrix.rows() / size).toArray();
        int[] from = new int[nodes.length];
        int[] to = new int[nodes.length];
        boundaries = new ArrayList<>();
        for (int part = 0; part < partition.parts(); part++) {
            Arrays.fill(from, first(part), end(part), first(part));
            Arrays.fill(to, first(part), end(part), end(part));
            boundaries.add(boundary(matrix, part));
        }
        Selection left = new Selection(nodes, from, nodes, true);
        BlockRows<V> lower =
                Blocking.part(matrix, size, left, real, team, same(earlier).map(Triangles::lower));
        Optional<BlockRows<V>> upper = Optional.empty();
        if (!matrix.isSymmetric(ROUNDING)) {
            int[] after = Arrays.stream(nodes).map(node -> node + 1).toArray();
            Selection right = new Selection(nodes, after, to, true);
            upper = Optional.of(
                    Blocking.part(matrix, size, right, real, team, same(earlier).flatMap(Triangles::upper)));
        }
        triangles = new Triangles<>(lower, upper, real.of(inverse));
    }

    private Optional<Triangles<V>> same(Optional<CompiledSmoother<V>> earlier) {
        return earlier.flatMap(known -> known instanceof CompiledGaussSeidel<V> that
                        && that.pattern.equals(pattern)
                        && that.size == size
                        && that.partition.parts() == partition.parts()
                ? Optional.of(that.triangles)
                : Optional.empty());
    }

    private Boundary<V> boundary(CsrMatrix matrix, int part) {
        int[] rows = partition.boundary(part);
        int[] nodes = IntStream.range(0, rows.length / size)
                .map(q -> rows[q * size] / size)
                .toArray();
        int[] from = new int[nodes.length];
        int[] to = new int[nodes.length];
        Arrays.fill(from, first(part));
        Arrays.fill(to, end(part));
        Selection outside = new Selection(nodes, from, to, false);
        return new Boundary<>(
                nodes,
                Blocking.part(matrix, size, outside, real, team, Optional.empty()),
                real.of(partition.surplus(part)));
    }

    private int first(int part) {
        return partition.from(part) / size;
    }

    private int end(int part) {
        return partition.to(part) / size;
    }

    @Override
    public Halves<V> begin(int width) {
        return new Sweeping(Panel.of(real, size, size, width), width);
    }

    @Override
    public long bytes() {
        return triangles.bytes()
                + boundaries.stream().mapToLong(b -> b.couplings().bytes()).sum();
    }

    private final class Sweeping implements Halves<V> {
        private final List<Panel<V>> panels;
        private final int width;

        Sweeping(List<Panel<V>> panels, int width) {
            this.panels = panels;
            this.width = width;
        }

        @Override
        public void before(V b, V x, V r) {
            team.forTasks(
                    partition.parts(),
                    part -> panels.forEach(panel -> panel.forward(triangles, b, x, r, first(part), end(part))));
            if (partition.parts() > 1) {
                team.forTasks(partition.parts(), part -> couple(part, x, r));
            }
        }

        @Override
        public void after(V b, V x, V r) {
            team.forTasks(partition.parts(), part -> {
                real.clear(r, partition.from(part) * width, partition.to(part) * width);
                couple(part, x, r);
            });
            team.forTasks(
                    partition.parts(),
                    part -> panels.forEach(panel -> panel.backward(triangles, b, x, r, first(part), end(part))));
        }

        private void couple(int part, V x, V r) {
            Boundary<V> boundary = boundaries.get(part);
            panels.forEach(panel -> panel.couple(boundary.nodes(), boundary.surplus(), boundary.couplings(), x, r));
        }
    }
}
