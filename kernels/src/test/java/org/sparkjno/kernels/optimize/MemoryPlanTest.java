// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.RandomGraphs;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

class MemoryPlanTest {
    /** Random lifetimes: kernel {@code k} touches some of the values made shortly before it. */
    private static List<List<Value>> random(long seed) {
        Random random = new Random(seed);
        List<Value> values = new ArrayList<>();
        List<List<Value>> touched = new ArrayList<>();
        int kernels = 1 + random.nextInt(40);
        for (int kernel = 0; kernel < kernels; kernel++) {
            Value made = Value.input("v", TensorType.f32(random.nextInt(1 << (1 + random.nextInt(12)))));
            values.add(made);
            List<Value> touches = new ArrayList<>(List.of(made));
            for (int i = 0; i < random.nextInt(4); i++) {
                touches.add(values.get(Math.max(0, values.size() - 1 - random.nextInt(10))));
            }
            touched.add(touches);
        }
        return touched;
    }

    @Property(tries = 300)
    void valuesAliveTogetherNeverOverlap(@ForAll long seed) {
        List<List<Value>> touched = random(seed);
        MemoryPlan plan = new MemoryPlan(touched);
        List<Value> values = touched.stream().flatMap(List::stream).distinct().toList();
        for (Value a : values) {
            assertThat(plan.offset(a)).isNotNegative();
            assertThat(plan.offset(a) % 64).isZero();
            assertThat(plan.offset(a) + a.type().bytes()).isLessThanOrEqualTo(plan.arenaBytes());
            for (Value b : values) {
                assertThat(a != b && aliveTogether(touched, a, b) && share(plan, a, b))
                        .isFalse();
            }
        }
        assertThat(plan.arenaBytes()).isGreaterThanOrEqualTo(plan.lowerBound());
    }

    private static boolean aliveTogether(List<List<Value>> touched, Value a, Value b) {
        return first(touched, a) <= last(touched, b) && first(touched, b) <= last(touched, a);
    }

    private static int first(List<List<Value>> touched, Value value) {
        int kernel = 0;
        while (!touched.get(kernel).contains(value)) {
            kernel++;
        }
        return kernel;
    }

    private static int last(List<List<Value>> touched, Value value) {
        int kernel = touched.size() - 1;
        while (!touched.get(kernel).contains(value)) {
            kernel--;
        }
        return kernel;
    }

    private static boolean share(MemoryPlan plan, Value a, Value b) {
        return plan.offset(a) < plan.offset(b) + b.type().bytes()
                && plan.offset(b) < plan.offset(a) + a.type().bytes();
    }

    /** Over many graphs together; a single small one may be unlucky. */
    @Test
    void wastesLittleOnRandomGraphs() {
        long arena = 0;
        long bound = 0;
        for (long seed = 0; seed < 100; seed++) {
            Schedule schedule =
                    Schedule.of(RandomGraphs.any(seed, 40, DType.F64).graph(), Map.of());
            arena += schedule.arenaBytes();
            bound += schedule.arenaLowerBound();
            assertThat(schedule.arenaBytes()).isLessThanOrEqualTo(2 * schedule.arenaLowerBound());
        }
        assertThat(arena).isLessThanOrEqualTo(bound + 3 * bound / 10);
    }
}
