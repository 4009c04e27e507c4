// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.lang.model.Treatment;
import org.sparkjno.optim.UpdateRule;

/** Moves groups of parameters by compiled graphs. */
final class StepMover implements Mover {
    private final Tensors tensors;
    private final Stage stage;
    private final List<Moved> moved = new ArrayList<>();

    /** One group. */
    private record Moved(Slot.Settings settings, UpdateRule rule, Pace pace) {}

    /**
     * A mover.
     *
     * @param groups all groups
     * @param numbers which of them are moved
     */
    StepMover(Tensors tensors, Stage stage, List<Group> groups, List<Integer> numbers) {
        this.tensors = tensors;
        this.stage = stage;
        for (int number : numbers) {
            Group group = groups.get(number);
            moved.add(new Moved(new Slot.Settings(number), group.rule().orElseThrow(), new Pace((Treatment.Stepped)
                    group.treatment())));
        }
    }

    @Override
    public Stage stage() {
        return stage;
    }

    @Override
    public double[] step(long moves) {
        for (Moved one : moved) {
            tensors.write(
                    one.settings(), one.rule().settings(moves + 1, one.pace().rate(moves)));
        }
        stage.run();
        return tensors.read(Slot.Result.LOSSES);
    }

    @Override
    public void see(double total) {
        moved.forEach(one -> one.pace().see(total));
    }

    @Override
    public double rate(long moves) {
        return moved.stream().mapToDouble(one -> one.pace().rate(moves)).max().orElse(0);
    }

    @Override
    public boolean isFinished() {
        return false;
    }

    /** Optimisers of compiled steps bear that the data change. */
    @Override
    public void forget() {}

    @Override
    public Map<String, double[]> memory() {
        Map<String, double[]> memory = new LinkedHashMap<>();
        moved.forEach(one -> memory.put(one.settings().name(), one.pace().seen()));
        return memory;
    }

    @Override
    public void resume(Map<String, double[]> memory) {
        moved.forEach(one -> one.pace().resume(memory.get(one.settings().name())));
    }

    @Override
    public void close() {
        stage.close();
    }
}
