// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparkjno.datasets.format.FormatException;
import org.sparkjno.datasets.format.Safetensors;
import org.sparkjno.nn.ModelWeights;

/**
 * The checkpoints of one run in one directory, one subdirectory per step: {@code weights.safetensors}, {@code
 * optimizer.safetensors} and {@code state.json}, written as {@link SealedSteps} says.
 */
public final class Checkpoints {
    private static final String WEIGHTS = "weights.safetensors";
    private static final String OPTIMISER = "optimizer.safetensors";
    private static final String STATE = "state.json";

    private final FileSystem files;
    private final SealedSteps steps;

    /**
     * The checkpoints in a directory, which need not exist yet.
     *
     * @param keep how many to keep; older ones are deleted after each write
     */
    public Checkpoints(FileSystem files, Path directory, int keep) {
        this.files = files;
        this.steps = new SealedSteps(files, directory, keep);
    }

    /** Where the checkpoint after so many steps lies, or would lie. */
    public Path place(long step) {
        return steps.place(step);
    }

    /**
     * Writes a checkpoint and deletes those that are too old.
     *
     * @return where it lies
     */
    public Path write(Checkpoint checkpoint) throws IOException {
        Safetensors weights = new Safetensors(Map.of(), checkpoint.weights().named());
        Safetensors optimiser = new Safetensors(Map.of(), new TreeMap<>(checkpoint.optimiser()));
        byte[] state = RunJson.write(checkpoint.run());
        Map<String, SealedSteps.Content> contents = new LinkedHashMap<>();
        contents.put(WEIGHTS, weights::write);
        contents.put(OPTIMISER, optimiser::write);
        contents.put(STATE, stream -> stream.write(state));
        return steps.write(checkpoint.run().position().step(), contents);
    }

    /** The newest checkpoint that was written to its end. */
    public Optional<Path> newest() throws IOException {
        return steps.newest();
    }

    /** Reads one of these checkpoints, see {@link #read(FileSystem, Path)}. */
    public Checkpoint read(Path checkpoint) throws IOException {
        return read(files, checkpoint);
    }

    /**
     * Reads a checkpoint.
     *
     * @param checkpoint its own directory, or the directory of a run, of which the newest one is read
     * @throws CheckpointException when it is missing, torn, corrupt or foreign
     */
    public static Checkpoint read(FileSystem files, Path checkpoint) throws IOException {
        Map<String, byte[]> contents = SealedSteps.read(files, checkpoint);
        Path state = new Path(checkpoint, STATE);
        RunState run = RunJson.read(state.toString(), required(contents, state));
        Path weightsFile = new Path(checkpoint, WEIGHTS);
        Safetensors weights = tensors(contents, weightsFile);
        Safetensors optimiser = tensors(contents, new Path(checkpoint, OPTIMISER));
        ModelWeights numbers =
                ModelWeights.allocate(run.recipe().model(), run.recipe().precision());
        try {
            numbers.assignAll(weights.tensors());
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(
                    weightsFile + " does not fit the model in " + STATE + ": " + e.getMessage(), e);
        }
        return new Checkpoint(run, numbers, optimiser.tensors());
    }

    private static Safetensors tensors(Map<String, byte[]> contents, Path file) throws IOException {
        try {
            return Safetensors.read(file.toString(), new ByteArrayInputStream(required(contents, file)));
        } catch (FormatException e) {
            throw new CheckpointException(e.getMessage(), e);
        }
    }

    private static byte[] required(Map<String, byte[]> contents, Path file) throws CheckpointException {
        byte[] bytes = contents.get(file.getName());
        if (bytes == null) {
            throw new CheckpointException(file + " is missing; this is no checkpoint of a neural operator's training.");
        }
        return bytes;
    }
}
