// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every implementation against one plainly written reference, bit for bit. */
class CollectiveTest {
    /** Around the segment, the chunk and the short-message bounds. */
    private static final int[] LENGTHS = {0, 1, 2, 7, 1023, 16_385, 200_003};

    static Stream<Arguments> worlds() {
        return Stream.of(Crowd.Medium.values())
                .flatMap(medium -> Stream.of(1, 2, 3, 5, 8).map(size -> Arguments.of(medium, size)));
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void sumsOfFloatsHaveTheBitsOfTheReference(Crowd.Medium medium, int size) {
        try (Crowd crowd = new Crowd(medium, size, Crowd.PATIENT)) {
            for (int length : LENGTHS) {
                for (Reduction reduction : Reduction.values()) {
                    float[] expected = reference(size, length, reduction);
                    for (float[] result : crowd.all(world -> {
                        float[] values = floats(world.rank(), length);
                        world.allReduce(FloatBuffer.wrap(values), reduction);
                        return values;
                    })) {
                        assertThat(result).isEqualTo(expected);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void sumsOfDoublesInDirectMemoryAreTheSameOnAllRanksAndInAllRuns(Crowd.Medium medium, int size) {
        try (Crowd crowd = new Crowd(medium, size, Crowd.PATIENT)) {
            for (int length : LENGTHS) {
                double[] expected = referenceOfDoubles(size, length);
                for (int run = 0; run < 2; run++) {
                    for (double[] result : crowd.all(world -> sumDirect(world, length))) {
                        assertThat(result).isEqualTo(expected);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void reduceScatterThenAllGatherIsAllReduce(Crowd.Medium medium, int size) {
        try (Crowd crowd = new Crowd(medium, size, Crowd.PATIENT)) {
            for (int length : LENGTHS) {
                float[] expected = reference(size, length, Reduction.SUM);
                for (float[] result : crowd.all(world -> {
                    float[] values = floats(world.rank(), length);
                    Values view = Values.of(FloatBuffer.wrap(values));
                    Segments segments = world.reduceScatter(view, Reduction.SUM);
                    float[] fresh = new float[length];
                    int start = segments.start(world.rank());
                    System.arraycopy(values, start, fresh, start, segments.size(world.rank()));
                    world.allGather(Values.of(FloatBuffer.wrap(fresh)));
                    return fresh;
                })) {
                    assertThat(result).isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void messagesOfAllLengthsReachTheirRanks(Crowd.Medium medium, int size) {
        try (Crowd crowd = new Crowd(medium, size, Crowd.PATIENT)) {
            for (int unit : new int[] {0, 1, 77_777}) {
                for (byte[] received : crowd.all(world -> exchanged(world, unit))) {
                    assertThat(received).isNotNull();
                }
            }
        }
    }

    /** Rank s sends (s + 2t) % 3 units to rank t, filled with 16 s + t; null if something else arrives. */
    private static byte[] exchanged(Collective world, int unit) {
        int rank = world.rank();
        int[] lengths = new int[world.size()];
        for (int to = 0; to < lengths.length; to++) {
            lengths[to] = unit * ((rank + 2 * to) % 3);
        }
        Traffic traffic = Traffic.agree(world, lengths);
        byte[] outgoing = new byte[traffic.sent(rank)];
        byte[] expected = new byte[traffic.received(rank)];
        for (int other = 0; other < lengths.length; other++) {
            int sent = traffic.sentBefore(rank, other);
            Arrays.fill(outgoing, sent, sent + traffic.bytes(rank, other), (byte) (16 * rank + other));
            int received = traffic.receivedBefore(rank, other);
            Arrays.fill(expected, received, received + traffic.bytes(other, rank), (byte) (16 * other + rank));
        }
        byte[] incoming = new byte[expected.length];
        world.exchange(traffic, ByteBuffer.wrap(outgoing), ByteBuffer.wrap(incoming));
        return Arrays.equals(incoming, expected) ? incoming : null;
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void bytesAreGatheredAndBroadcast(Crowd.Medium medium, int size) {
        try (Crowd crowd = new Crowd(medium, size, Crowd.PATIENT)) {
            for (List<byte[]> strings : crowd.all(world -> world.allGather(name(world.rank())))) {
                assertThat(strings).hasSize(size);
                for (int rank = 0; rank < size; rank++) {
                    assertThat(strings.get(rank)).isEqualTo(name(rank));
                }
            }
            for (int length : new int[] {0, 1, 262_144, 700_001}) {
                byte[] news = new byte[length];
                new Random(length).nextBytes(news);
                int root = size - 1;
                for (byte[] heard : crowd.all(world -> {
                    byte[] bytes = world.rank() == root ? news.clone() : new byte[length];
                    world.broadcast(ByteBuffer.wrap(bytes), root);
                    world.barrier();
                    return bytes;
                })) {
                    assertThat(heard).isEqualTo(news);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Crowd.Medium.class)
    void onlyTheRemainingElementsTakePart(Crowd.Medium medium) {
        try (Crowd crowd = new Crowd(medium, 2, Crowd.PATIENT)) {
            for (float[] result : crowd.all(world -> {
                float[] values = {1, 2, 3, 4};
                FloatBuffer middle = FloatBuffer.wrap(values).position(1).limit(3);
                world.allReduce(middle, Reduction.SUM);
                assertThat(middle.position()).isEqualTo(1);
                return values;
            })) {
                assertThat(result).containsExactly(1, 4, 6, 4);
            }
        }
    }

    @Test
    void aBroadcastFromNobodyIsRefused() {
        try (Crowd crowd = new Crowd(Crowd.Medium.SOCKETS, 2, Crowd.PATIENT)) {
            assertThatThrownBy(() -> crowd.member(0).broadcast(ByteBuffer.allocate(1), 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("ranks 0 to 1");
        }
    }

    private static double[] sumDirect(Collective world, int length) {
        // Big-endian on purpose: the caller's byte order is the caller's business.
        DoubleBuffer values = ByteBuffer.allocateDirect(length * Double.BYTES)
                .order(ByteOrder.BIG_ENDIAN)
                .asDoubleBuffer();
        Random random = new Random(world.rank());
        for (int i = 0; i < length; i++) {
            values.put(i, random.nextGaussian());
        }
        world.allReduce(values, Reduction.SUM);
        double[] result = new double[length];
        values.get(0, result);
        return result;
    }

    private static byte[] name(int rank) {
        return "rank".repeat(rank).getBytes(StandardCharsets.UTF_8);
    }

    private static float[] floats(int rank, int length) {
        Random random = new Random(rank);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** The order that {@link Collective} promises, element by element. */
    private static float[] reference(int size, int length, Reduction reduction) {
        float[][] ranks = new float[size][];
        for (int rank = 0; rank < size; rank++) {
            ranks[rank] = floats(rank, length);
        }
        float[] result = new float[length];
        for (int segment = 0; segment < size; segment++) {
            int end = (int) ((long) length * (segment + 1) / size);
            for (int i = (int) ((long) length * segment / size); i < end; i++) {
                float value = ranks[(segment + 1) % size][i];
                for (int step = 2; step <= size; step++) {
                    float term = ranks[(segment + step) % size][i];
                    value = reduction == Reduction.SUM ? value + term : Math.max(value, term);
                }
                result[i] = value;
            }
        }
        return result;
    }

    private static double[] referenceOfDoubles(int size, int length) {
        double[][] ranks = new double[size][length];
        for (int rank = 0; rank < size; rank++) {
            Random random = new Random(rank);
            for (int i = 0; i < length; i++) {
                ranks[rank][i] = random.nextGaussian();
            }
        }
        double[] result = new double[length];
        for (int segment = 0; segment < size; segment++) {
            int end = (int) ((long) length * (segment + 1) / size);
            for (int i = (int) ((long) length * segment / size); i < end; i++) {
                double value = ranks[(segment + 1) % size][i];
                for (int step = 2; step <= size; step++) {
                    value += ranks[(segment + step) % size][i];
                }
                result[i] = value;
            }
        }
        return result;
    }
}
