// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to the others when one rank closes, hangs, is interrupted or goes astray. */
class FailureTest {
    private static final int SIZE = 4;

    @ParameterizedTest
    @EnumSource(Crowd.Medium.class)
    void aRankThatLeavesIsNamedByAllOthers(Crowd.Medium medium) {
        try (Crowd crowd = new Crowd(medium, SIZE, Crowd.PATIENT)) {
            List<Future<Float>> others = List.of(
                    crowd.start(0, FailureTest::sumMany),
                    crowd.start(1, FailureTest::sumMany),
                    crowd.start(3, FailureTest::sumMany));
            Crowd.result(crowd.start(2, world -> {
                sum(world, 1_000_000);
                world.close();
                return 0f;
            }));
            assertAllBlame(others, 2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 1_000_000})
    void aRankThatHangsIsNamedByAllOthersAfterTheDeadline(int length) {
        Deadlines impatient = new Deadlines(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(1));
        for (Crowd.Medium medium : Crowd.Medium.values()) {
            try (Crowd crowd = new Crowd(medium, SIZE, impatient)) {
                crowd.all(world -> sum(world, length));
                List<Future<Float>> others = List.of(
                        crowd.start(0, world -> sum(world, length)),
                        crowd.start(1, world -> sum(world, length)),
                        crowd.start(3, world -> sum(world, length)));
                assertAllBlame(others, 2);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Crowd.Medium.class)
    void anInterruptEndsTheCallAndStaysVisible(Crowd.Medium medium) {
        try (Crowd crowd = new Crowd(medium, 2, Crowd.PATIENT)) {
            CompletableFuture<Thread> thread = new CompletableFuture<>();
            Future<Boolean> stillSet = crowd.start(0, world -> {
                thread.complete(Thread.currentThread());
                assertThatThrownBy(() -> sum(world, 100))
                        .isInstanceOf(CollectiveException.class)
                        .hasMessageContaining("interrupted");
                return Thread.interrupted();
            });
            thread.join().interrupt();
            assertThat(Crowd.result(stillSet)).isTrue();
            assertAllBlame(List.of(crowd.start(1, world -> sum(world, 100))), 0);
        }
    }

    @ParameterizedTest
    @EnumSource(Crowd.Medium.class)
    void differentCallsAreFoundOut(Crowd.Medium medium) {
        try (Crowd crowd = new Crowd(medium, 3, Crowd.PATIENT)) {
            List<Future<Float>> all = new ArrayList<>();
            for (int rank = 0; rank < 3; rank++) {
                int length = 100 + rank / 2;
                all.add(crowd.start(rank, world -> sum(world, length)));
            }
            for (Future<Float> each : all) {
                assertThatThrownBy(() -> Crowd.result(each)).isInstanceOf(CollectiveException.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Crowd.Medium.class)
    void aFailedWorldStaysFailed(Crowd.Medium medium) {
        try (Crowd crowd = new Crowd(medium, 2, Crowd.PATIENT)) {
            crowd.member(1).close();
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> crowd.member(0).barrier()).isInstanceOf(CollectiveException.class);
            }
        }
    }

    private static void assertAllBlame(List<Future<Float>> others, int rank) {
        for (Future<Float> other : others) {
            CollectiveException error = catchThrowableOfType(CollectiveException.class, () -> Crowd.result(other));
            assertThat(error).isNotNull();
            assertThat(error.ranks()).as(error.getMessage()).containsExactly(rank);
            assertThat(error).hasMessageContaining("ank");
            assertThat(error.phase()).isEqualTo(CollectiveException.Phase.ALL_REDUCE);
        }
    }

    private static float sumMany(Collective world) {
        float total = 0;
        for (int i = 0; i < 1000; i++) {
            total += sum(world, 1_000_000);
        }
        return total;
    }

    private static float sum(Collective world, int length) {
        FloatBuffer values = FloatBuffer.allocate(length);
        world.allReduce(values, Reduction.SUM);
        return values.get(0);
    }
}
