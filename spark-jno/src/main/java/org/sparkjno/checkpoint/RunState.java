// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A run apart from its numbers: what it is and where it stands.
 *
 * @param recipe what is done
 * @param world number of replicas
 * @param position where it stands
 * @param history one record per completed epoch
 */
public record RunState(Recipe recipe, int world, Position position, List<EpochRecord> history) {
    public RunState {
        history = List.copyOf(history);
    }

    /** A run that has not begun. */
    public static RunState begin(Recipe recipe, int world) {
        return new RunState(recipe, world, Position.START, List.of());
    }

    /** The same run further on. */
    public RunState at(Position later) {
        return new RunState(recipe, world, later, history);
    }

    /** The same run with one more epoch completed. */
    public RunState completed(EpochRecord epoch) {
        List<EpochRecord> longer = new ArrayList<>(history);
        longer.add(epoch);
        return new RunState(recipe, world, position.afterEpoch(), longer);
    }

    /**
     * Checks that this run can be continued as another one describes it.
     *
     * @param where the checkpoint, for the message
     * @throws CheckpointException naming what differs
     */
    public void requireSame(String where, Recipe wanted, int replicas) throws CheckpointException {
        require(where, "data", recipe.dataset(), wanted.dataset());
        require(where, "model", recipe.model(), wanted.model());
        require(where, "loss", recipe.loss(), wanted.loss());
        require(where, "optimiser", recipe.optimiser(), wanted.optimiser());
        require(where, "schedule", recipe.schedule(), wanted.schedule());
        require(where, "precision", recipe.precision(), wanted.precision());
        require(where, "batch", recipe.batch(), wanted.batch());
        require(where, "seed", recipe.seed(), wanted.seed());
        require(where, "number of replicas", world, replicas);
    }

    private static void require(String where, String what, Object saved, Object wanted) throws CheckpointException {
        if (!Objects.equals(saved, wanted)) {
            throw new CheckpointException(
                    "Checkpoint " + where + " has another " + what + " (" + saved + ") than this run (" + wanted
                            + "); resume with the same settings, or train into another directory.");
        }
    }
}
