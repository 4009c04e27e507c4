// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sparkjno.kernels.explain.ArenaMap;
import org.sparkjno.kernels.explain.Explanation;
import org.sparkjno.kernels.explain.KernelFacts;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.optimize.Access;
import org.sparkjno.kernels.optimize.Cost;
import org.sparkjno.kernels.optimize.Kernel;
import org.sparkjno.kernels.optimize.Placement;
import org.sparkjno.kernels.optimize.Schedule;
import org.sparkjno.kernels.optimize.Stage;
import org.sparkjno.kernels.render.Program;

/** Writes down what a schedule and its program are, with the bodies of loops in their place. */
final class Inspection {
    private static final String NAMELESS = "scratch";

    private final Program program;
    private final double[] micros;
    private final List<Stage> stages = new ArrayList<>();
    private final List<KernelFacts> facts = new ArrayList<>();
    private final List<ArenaMap.Block> blocks = new ArrayList<>();
    private int loops;

    private Inspection(Program program, double[] micros) {
        this.program = program;
        this.micros = micros;
    }

    /**
     * The explanation of a program.
     *
     * @param micros median time of each step, or empty
     */
    static Explanation of(Schedule schedule, Program program, double[] micros) {
        Inspection inspection = new Inspection(program, micros);
        inspection.visit(schedule, "", 1, 0);
        return new Explanation(
                inspection.stages,
                inspection.facts,
                program.driver(),
                ArenaMap.of(schedule.arenaBytes(), inspection.facts.size(), inspection.blocks),
                schedule.constants().bytes());
    }

    /**
     * Writes down a schedule.
     *
     * @param loop its name, if it is the body of a loop
     * @param runs how often it runs
     * @param offset of its arena in that of the program
     */
    private void visit(Schedule schedule, String loop, long runs, long offset) {
        for (Stage stage : schedule.stages()) {
            stages.add(loop.isEmpty() ? stage : new Stage(loop + " " + stage.name(), stage.graph()));
        }
        Map<Value, String> names = new IdentityHashMap<>();
        schedule.optimised().order().forEach(value -> names.put(value, loop + "%" + names.size()));
        Set<Value> scratch = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Integer> starts = new ArrayList<>();
        for (Kernel kernel : schedule.kernels()) {
            starts.add(facts.size());
            if (kernel instanceof Kernel.Repeat repeat) {
                Access memory = repeat.scratch();
                scratch.add(memory.base());
                long start = offset + schedule.slot(memory.base()).offset();
                int known = blocks.size();
                visit(repeat.body(), "loop" + loops++, runs * repeat.length(), start);
                share(repeat, blocks.subList(known, blocks.size()), start, starts.get(starts.size() - 1));
            } else {
                facts.add(facts(kernel, names, runs));
            }
        }
        starts.add(facts.size());
        for (Placement place : schedule.placements()) {
            if (!scratch.contains(place.value())) {
                blocks.add(new ArenaMap.Block(
                        names.getOrDefault(place.value(), NAMELESS),
                        offset + place.offset(),
                        place.bytes(),
                        starts.get(place.first()),
                        starts.get(place.last() + 1) - 1));
            }
        }
    }

    /** Memory of the other threads that share a loop: an arena like that of the first, and accumulators. */
    private void share(Kernel.Repeat repeat, List<ArenaMap.Block> first, long start, int kernel) {
        Kernel.Repeat.Workspace workspace = repeat.workspace();
        List<ArenaMap.Block> others = new ArrayList<>();
        for (int thread = 1; thread < workspace.threads(); thread++) {
            long shift = thread * workspace.stride();
            String suffix = "@" + thread;
            for (ArenaMap.Block block : first) {
                others.add(new ArenaMap.Block(
                        block.value() + suffix, block.offset() + shift, block.bytes(), block.first(), block.last()));
            }
            for (int i = 0; i < workspace.accumulators().size(); i++) {
                Value carry = repeat.outputs().get(i).access().base();
                others.add(new ArenaMap.Block(
                        "sum" + i + suffix,
                        start + shift + workspace.accumulators().get(i),
                        carry.type().bytes(),
                        kernel,
                        Math.max(kernel, facts.size() - 1)));
            }
        }
        blocks.addAll(others);
    }

    private KernelFacts facts(Kernel kernel, Map<Value, String> names, long runs) {
        int index = facts.size();
        Program.Step step = program.steps().get(index);
        return new KernelFacts(
                step.function(),
                step.text(),
                runs,
                kernel.extents(),
                names(kernel.reads(), names),
                names(kernel.writes(), names),
                Cost.of(kernel).times(runs),
                index < micros.length ? micros[index] : Double.NaN);
    }

    private static List<String> names(List<Access> accesses, Map<Value, String> names) {
        return accesses.stream()
                .map(access -> names.getOrDefault(access.base(), NAMELESS))
                .distinct()
                .toList();
    }
}
