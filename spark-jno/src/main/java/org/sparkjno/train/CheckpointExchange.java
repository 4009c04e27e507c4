// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.sparkjno.checkpoint.Checkpoint;
import org.sparkjno.checkpoint.CheckpointException;
import org.sparkjno.checkpoint.Checkpoints;
import org.sparkjno.checkpoint.Recipe;
import org.sparkjno.checkpoint.RunJson;
import org.sparkjno.checkpoint.RunState;
import org.sparkjno.datasets.format.StoredTensor;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.nn.ModelWeights;
import org.sparkjno.optim.StateVector;

/**
 * How replicas come to one checkpoint: rank 0 reads and tells the others, who need no access to the files. What is wrong with
 * it, all of them say.
 */
final class CheckpointExchange {
    private static final int ROOT = 0;

    private final Collective world;
    private final Recipe recipe;

    CheckpointExchange(Collective world, Recipe recipe) {
        this.world = world;
        this.recipe = recipe;
    }

    /**
     * The checkpoint to go on from.
     *
     * @param checkpoints where rank 0 looks
     * @param resume whether to go on from the newest one; if not, there must be none
     * @throws CheckpointException when it is corrupt, of another run, or there although the run is to begin
     */
    Optional<Checkpoint> find(Checkpoints checkpoints, boolean resume) throws IOException {
        Optional<Checkpoint> found = Optional.empty();
        byte[] told = {};
        if (world.rank() == ROOT) {
            try {
                found = read(checkpoints, resume);
                told = found.map(checkpoint -> tagged('S', RunJson.write(checkpoint.run())))
                        .orElseGet(() -> tagged('N', new byte[0]));
            } catch (CheckpointException e) {
                told = tagged('E', e.getMessage().getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] heard = world.allGather(told).get(ROOT);
        byte[] text = Arrays.copyOfRange(heard, 1, heard.length);
        return switch (heard[0]) {
            case 'N' -> Optional.empty();
            case 'S' -> Optional.of(share(found, RunJson.read("The state sent by rank 0", text)));
            default -> throw new CheckpointException(new String(text, StandardCharsets.UTF_8));
        };
    }

    private Optional<Checkpoint> read(Checkpoints checkpoints, boolean resume) throws IOException {
        Optional<Path> newest = checkpoints.newest();
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        if (!resume) {
            throw new CheckpointException("There is already a checkpoint " + newest.get()
                    + "; resume that run, or train into another directory.");
        }
        Checkpoint checkpoint = checkpoints.read(newest.get());
        checkpoint.run().requireSame(newest.get().toString(), recipe, world.size());
        return Optional.of(checkpoint);
    }

    private static byte[] tagged(char tag, byte[] text) {
        return ByteBuffer.allocate(1 + text.length).put((byte) tag).put(text).array();
    }

    private Checkpoint share(Optional<Checkpoint> own, RunState run) {
        ModelWeights weights =
                own.map(Checkpoint::weights).orElseGet(() -> ModelWeights.allocate(recipe.model(), recipe.precision()));
        world.broadcast(weights.parameters(), ROOT);
        world.broadcast(weights.buffers(), ROOT);
        Map<String, StoredTensor> state = new LinkedHashMap<>();
        for (StateVector vector :
                recipe.optimiser().over(weights.parameterLayout()).state()) {
            StoredTensor tensor = own.map(checkpoint -> checkpoint.optimiser().get(vector.name()))
                    .orElseGet(() -> new StoredTensor(vector.type(), zeros(vector.type())));
            world.broadcast(tensor.bytes(), ROOT);
            state.put(vector.name(), tensor);
        }
        return new Checkpoint(run, weights, state);
    }

    private static ByteBuffer zeros(TensorType type) {
        return ByteBuffer.allocateDirect(Math.toIntExact(type.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    }
}
