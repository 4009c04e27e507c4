// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.explain.ArenaMap;
import org.sparkjno.kernels.explain.Explanation;
import org.sparkjno.kernels.explain.KernelFacts;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.optimize.Access;
import org.sparkjno.kernels.optimize.Cost;
import org.sparkjno.kernels.optimize.Kernel;
import org.sparkjno.kernels.optimize.Schedule;
import org.sparkjno.kernels.render.Program;

/** Writes down what a schedule and its program are. */
final class Inspection {
    private static final String NAMELESS = "scratch";

    private final Schedule schedule;
    private final Map<Value, String> names = new IdentityHashMap<>();

    private Inspection(Schedule schedule) {
        this.schedule = schedule;
        schedule.optimised().order().forEach(value -> names.put(value, "%" + names.size()));
    }

    /**
     * The explanation of a program.
     *
     * @param micros median time of each kernel, or empty
     */
    static Explanation of(Schedule schedule, Program program, double[] micros) {
        Inspection inspection = new Inspection(schedule);
        List<KernelFacts> facts = new ArrayList<>();
        for (int i = 0; i < schedule.kernels().size(); i++) {
            facts.add(inspection.facts(
                    schedule.kernels().get(i), program.steps().get(i), i < micros.length ? micros[i] : Double.NaN));
        }
        return new Explanation(
                schedule.stages(),
                facts,
                inspection.arena(),
                schedule.constants().bytes());
    }

    private KernelFacts facts(Kernel kernel, Program.Step step, double micros) {
        return new KernelFacts(
                step.function(),
                step.text(),
                kernel.extents(),
                names(kernel.reads()),
                names(kernel.writes()),
                Cost.of(kernel),
                micros);
    }

    private List<String> names(List<Access> accesses) {
        return accesses.stream().map(access -> name(access.base())).distinct().toList();
    }

    private String name(Value value) {
        return names.getOrDefault(value, NAMELESS);
    }

    private ArenaMap arena() {
        List<ArenaMap.Block> blocks = schedule.placements().stream()
                .map(place -> new ArenaMap.Block(
                        name(place.value()), place.offset(), place.bytes(), place.first(), place.last()))
                .toList();
        return new ArenaMap(
                schedule.arenaBytes(),
                schedule.arenaLowerBound(),
                schedule.kernels().size(),
                blocks);
    }
}
