// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Devices;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.Recurrence;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

class LoopPruningTest {
    private final Value start = Value.input("start", TensorType.f64(2));
    private final Value forcing = Value.input("forcing", TensorType.f64(1000, 2));
    private final Value idle = Value.input("idle", TensorType.f64(1000, 2));

    private final Recurrence.Outcome run =
            Recurrence.scan(1000, List.of(start, start, start), List.of(forcing, idle), (c, s) -> {
                Value first = c.get(0).times(0.5).plus(s.get(0));
                Value second = c.get(1).plus(c.get(0));
                Value third = c.get(2).plus(s.get(1));
                return new Recurrence.Step(List.of(first, second, third), List.of(first, third));
            });

    private LoopOp.Scan remaining(Value output) {
        Graph graph = Graph.of(List.of(start, forcing, idle), List.of(output));
        Schedule schedule = Schedule.of(graph, Map.of());
        assertThat(schedule.arenaBytes()).isLessThan(1000);
        return (LoopOp.Scan) schedule.optimised().order().stream()
                .map(Value::op)
                .filter(LoopOp.Scan.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void keepsWhatACarryDependsOn() {
        LoopOp.Scan second = remaining(run.carries().get(1));
        assertThat(second.carries()).isEqualTo(2);
        assertThat(second.sequences()).isEqualTo(1);
        assertThat(second.body().outputs()).hasSize(2);
        assertThat(remaining(run.carries().get(0)).carries()).isEqualTo(1);
    }

    @Test
    void keepsTheValues() {
        Graph graph =
                Graph.of(List.of(start, forcing, idle), List.of(run.carries().get(2)));
        double[] ones = new double[2000];
        Arrays.fill(ones, 1);
        try (Device cpu = CpuDevice.open()) {
            List<Literal> results = Devices.call(
                    cpu,
                    graph,
                    List.of(
                            Literal.of(start.type(), 1, 2),
                            Literal.of(forcing.type(), ones),
                            Literal.of(idle.type(), ones)));
            assertThat(results.get(0).toArray()).containsExactly(1001, 1002);
        }
    }
}
