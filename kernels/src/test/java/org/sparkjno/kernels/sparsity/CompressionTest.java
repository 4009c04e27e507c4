// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.sparsity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompressionTest {
    /** Reads random numbers back from the images of the directions. */
    private static void recovers(Compression compression, boolean isSymmetric, Random random) {
        SparsityPattern pattern = compression.pattern();
        double[][] matrix = new double[pattern.rows()][pattern.columns()];
        for (int k = 0; k < pattern.size(); k++) {
            int i = pattern.row(k);
            int j = pattern.column(k);
            matrix[i][j] = isSymmetric && matrix[j][i] != 0 ? matrix[j][i] : random.nextDouble(1, 2);
        }
        double[] images = new double[compression.colours() * pattern.rows()];
        for (int k = 0; k < pattern.size(); k++) {
            int at = compression.colour(pattern.column(k)) * pattern.rows() + pattern.row(k);
            images[at] += matrix[pattern.row(k)][pattern.column(k)];
        }
        for (int k = 0; k < pattern.size(); k++) {
            assertThat(images[compression.position(k)])
                    .as("entry (%d, %d)", pattern.row(k), pattern.column(k))
                    .isEqualTo(matrix[pattern.row(k)][pattern.column(k)]);
        }
    }

    private static SparsityPattern random(int rows, int columns, int entries, boolean isSymmetric, Random random) {
        TreeSet<Integer> places = new TreeSet<>();
        for (int k = 0; k < entries; k++) {
            int i = random.nextInt(rows);
            int j = random.nextInt(columns);
            places.add(i * columns + j);
            if (isSymmetric) {
                places.add(j * columns + i);
            }
        }
        return SparsityPattern.of(
                rows,
                columns,
                places.stream().mapToInt(place -> place / columns).toArray(),
                places.stream().mapToInt(place -> place % columns).toArray());
    }

    @Property(tries = 300)
    void columnsOfAnyMatrix(
            @ForAll @IntRange(min = 1, max = 30) int rows,
            @ForAll @IntRange(min = 1, max = 30) int columns,
            @ForAll @IntRange(min = 0, max = 150) int entries,
            @ForAll long seed) {
        Random random = new Random(seed);
        recovers(Compression.ofColumns(random(rows, columns, entries, false, random)), false, random);
    }

    @Property(tries = 300)
    void starsOfAnySymmetricMatrix(
            @ForAll @IntRange(min = 1, max = 40) int size,
            @ForAll @IntRange(min = 0, max = 150) int entries,
            @ForAll long seed) {
        Random random = new Random(seed);
        recovers(Compression.ofSymmetric(random(size, size, entries, true, random)), true, random);
    }

    /** Neighbours on a grid of up to three axes: along the axes, or all that touch. */
    private static SparsityPattern stencil(int nx, int ny, int nz, boolean box) {
        int[] rowOf = new int[nx * ny * nz * 27];
        int[] columnOf = new int[rowOf.length];
        int count = 0;
        for (int i = 0; i < nx * ny * nz; i++) {
            for (int near = 0; near < 27; near++) {
                int dx = near / 9 - 1;
                int dy = near / 3 % 3 - 1;
                int dz = near % 3 - 1;
                int x = i / (ny * nz) + dx;
                int y = i / nz % ny + dy;
                int z = i % nz + dz;
                boolean inside = x >= 0 && x < nx && y >= 0 && y < ny && z >= 0 && z < nz;
                if (inside && (box || Math.abs(dx) + Math.abs(dy) + Math.abs(dz) <= 1)) {
                    rowOf[count] = i;
                    columnOf[count++] = (x * ny + y) * nz + z;
                }
            }
        }
        return SparsityPattern.of(
                nx * ny * nz, nx * ny * nz, Arrays.copyOf(rowOf, count), Arrays.copyOf(columnOf, count));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 50, false, 3, 3",
        "1, 40, 50, false, 6, 5",
        "1, 40, 50, true, 9, 9",
        "12, 13, 14, false, 9, 9",
        "16, 16, 16, false, 7, 7",
        "8, 9, 10, true, 27, 27"
    })
    void fewColoursForStencils(int nx, int ny, int nz, boolean box, int columns, int stars) {
        SparsityPattern pattern = stencil(nx, ny, nz, box);
        assertThat(Compression.ofColumns(pattern).colours()).isLessThanOrEqualTo(columns);
        assertThat(Compression.ofSymmetric(pattern).colours()).isLessThanOrEqualTo(stars);
    }

    @Test
    void refusesStarsWhereNothingMirrors() {
        SparsityPattern upper = SparsityPattern.of(2, 2, new int[] {0}, new int[] {1});
        assertThat(upper.isSymmetric()).isFalse();
        assertThatThrownBy(() -> Compression.ofSymmetric(upper))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The pattern of 2 rows, 2 columns and 1 entries is not symmetric; compress its columns, or keep"
                                + " its symmetric entries if the matrix is symmetric.");
        assertThatThrownBy(() -> SparsityPattern.of(2, 2, new int[] {1, 1}, new int[] {0, 0}))
                .hasMessage("A sparsity pattern has each entry once, but got (1, 0) twice.");
    }
}
