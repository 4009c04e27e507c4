// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.nullspace.Components;
import org.sparkjno.amg.nullspace.SingularComponents;

/**
 * Finds the singular components of a matrix whose rows are divided over ranks. Each rank joins its own rows; what the
 * pieces belong to, and whether a row of theirs has a sum other than zero, the ranks tell each other until nothing changes.
 */
final class DistributedComponents {
    private static final int RIGHT = 1;
    private static final int LEFT = 2;
    private static final int BOTH = RIGHT | LEFT;
    private static final int BITS = 2;

    private final DividedSystem system;
    private final Components pieces;
    /** Per piece its component, named by its first row, and above that which sums do not vanish. */
    private final long[] name;

    private final int[] unbalanced;

    private DistributedComponents(DividedSystem system) {
        this.system = system;
        DistributedMatrix matrix = system.matrix();
        pieces = Components.of(matrix.own());
        name = new long[pieces.count()];
        unbalanced = new int[pieces.count()];
        Arrays.fill(name, Long.MAX_VALUE);
        double[] sums = sums(matrix);
        long first = matrix.rows().start(matrix.world().rank());
        for (int i = 0; i < pieces.label().length; i++) {
            int piece = pieces.label()[i];
            name[piece] = Math.min(name[piece], first + i);
            unbalanced[piece] |= SingularComponents.vanishes(sums[4 * i], sums[4 * i + 1]) ? 0 : RIGHT;
            unbalanced[piece] |= SingularComponents.vanishes(sums[4 * i + 2], sums[4 * i + 3]) ? 0 : LEFT;
        }
    }

    /** For every own row the sum of its entries, that of their absolute values, and both for its column. */
    private static double[] sums(DistributedMatrix matrix) {
        CsrMatrix all = matrix.stacked();
        int own = all.rows();
        double[] sums = new double[4 * own];
        double[] ofGhosts = new double[4 * matrix.halo().size()];
        for (int i = 0; i < own; i++) {
            for (int k = all.rowStart()[i]; k < all.rowStart()[i + 1]; k++) {
                double value = all.values()[k];
                int j = all.columns()[k];
                double[] target = j < own ? sums : ofGhosts;
                int column = 4 * (j < own ? j : j - own);
                sums[4 * i] += value;
                sums[4 * i + 1] += Math.abs(value);
                target[column + 2] += value;
                target[column + 3] += Math.abs(value);
            }
        }
        matrix.halo().addToOwners(ofGhosts, sums, 4);
        return sums;
    }

    /** Made by all ranks together. */
    static SingularComponents of(DividedSystem system) {
        DistributedComponents components = new DistributedComponents(system);
        boolean regular = Arrays.stream(components.unbalanced).allMatch(sides -> sides == BOTH);
        if (Agreement.everywhere(system.matrix().world(), regular)) {
            int rows = system.matrix().own().rows();
            int[] none = new int[rows];
            Arrays.fill(none, SingularComponents.NONE);
            return new SingularComponents(none, 0, new boolean[rows], new boolean[rows]);
        }
        while (!Agreement.everywhere(system.matrix().world(), !components.spread())) {
            // Every round carries the news one rank on.
        }
        return components.singular();
    }

    /** Takes over what the pieces beyond the boundaries know; whether that was news. */
    private boolean spread() {
        boolean news = join(system.matrix());
        return system.other().isPresent() ? join(system.matrix(true)) || news : news;
    }

    private boolean join(DistributedMatrix matrix) {
        int[] label = pieces.label();
        long[] own = new long[label.length];
        Arrays.setAll(own, i -> name[label[i]] << BITS | unbalanced[label[i]]);
        long[] ghosts = matrix.halo().ghosts(own);
        CsrMatrix coupling = matrix.coupling();
        boolean news = false;
        for (int i = 0; i < label.length; i++) {
            for (int k = coupling.rowStart()[i]; k < coupling.rowStart()[i + 1]; k++) {
                long other = ghosts[coupling.columns()[k]];
                int sides = unbalanced[label[i]] | (int) (other & BOTH);
                if (coupling.values()[k] != 0 && (other >> BITS < name[label[i]] || sides != unbalanced[label[i]])) {
                    name[label[i]] = Math.min(name[label[i]], other >> BITS);
                    unbalanced[label[i]] = sides;
                    news = true;
                }
            }
        }
        return news;
    }

    private SingularComponents singular() {
        DistributedMatrix matrix = system.matrix();
        long first = matrix.rows().start(matrix.world().rank());
        long end = matrix.rows().start(matrix.world().rank() + 1);
        // The rank that has the first row of a component announces it.
        long[] announced = IntStream.range(0, name.length)
                .filter(piece -> unbalanced[piece] != BOTH && name[piece] >= first && name[piece] < end)
                .mapToLong(piece -> name[piece])
                .distinct()
                .sorted()
                .toArray();
        ByteBuffer bytes = Halo.buffer(Long.BYTES * announced.length);
        bytes.asLongBuffer().put(announced);
        List<byte[]> all = matrix.world().allGather(bytes.array());
        long[] names = all.stream()
                .flatMapToLong(part -> LongStream.range(0, part.length / Long.BYTES)
                        .map(k -> ByteBuffer.wrap(part).order(bytes.order()).getLong((int) k * Long.BYTES)))
                .toArray();
        int rows = pieces.label().length;
        int[] label = new int[rows];
        boolean[] right = new boolean[rows];
        boolean[] left = new boolean[rows];
        for (int i = 0; i < rows; i++) {
            int piece = pieces.label()[i];
            label[i] = unbalanced[piece] == BOTH ? SingularComponents.NONE : Arrays.binarySearch(names, name[piece]);
            right[i] = (unbalanced[piece] & RIGHT) == 0;
            left[i] = (unbalanced[piece] & LEFT) == 0;
        }
        return new SingularComponents(label, names.length, right, left);
    }
}
