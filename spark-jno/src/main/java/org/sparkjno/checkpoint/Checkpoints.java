// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparkjno.datasets.format.FormatException;
import org.sparkjno.datasets.format.Safetensors;
import org.sparkjno.nn.ModelWeights;

/**
 * The checkpoints of one run in one directory, one subdirectory per step: {@code weights.safetensors}, {@code
 * optimizer.safetensors} and {@code state.json}.
 *
 * <p>A checkpoint is written beside, renamed, and committed by a last file that names the others' lengths and checksums. So
 * a writer may die at any moment, on file systems with and without atomic renames, and a reader sees whole checkpoints only.
 * One process writes at a time.
 */
public final class Checkpoints {
    private static final String WEIGHTS = "weights.safetensors";
    private static final String OPTIMISER = "optimizer.safetensors";
    private static final String STATE = "state.json";
    private static final Pattern COMPLETE = Pattern.compile("step-\\d{8,}");
    private static final Pattern UNFINISHED = Pattern.compile("\\.step-\\d{8,}-.*");

    private final FileSystem files;
    private final Path directory;
    private final int keep;

    /**
     * The checkpoints in a directory, which need not exist yet.
     *
     * @param keep how many to keep; older ones are deleted after each write
     */
    public Checkpoints(FileSystem files, Path directory, int keep) {
        if (keep < 1) {
            throw new IllegalArgumentException("At least one checkpoint must be kept, but got " + keep + ".");
        }
        this.files = files;
        this.directory = directory;
        this.keep = keep;
    }

    /** Where the checkpoint after so many steps lies, or would lie. */
    public Path place(long step) {
        return new Path(directory, String.format(Locale.ROOT, "step-%08d", step));
    }

    /**
     * Writes a checkpoint and deletes those that are too old.
     *
     * @return where it lies
     */
    public Path write(Checkpoint checkpoint) throws IOException {
        Path target = place(checkpoint.run().position().step());
        Path beside = new Path(directory, "." + target.getName() + "-" + UUID.randomUUID());
        deleteUnfinished();
        files.mkdirs(beside);
        Map<String, Commit.Seal> seals = new TreeMap<>();
        Safetensors weights = new Safetensors(Map.of(), checkpoint.weights().named());
        Safetensors optimiser = new Safetensors(Map.of(), new TreeMap<>(checkpoint.optimiser()));
        byte[] state = RunJson.write(checkpoint.run());
        seals.put(WEIGHTS, store(new Path(beside, WEIGHTS), weights::write));
        seals.put(OPTIMISER, store(new Path(beside, OPTIMISER), optimiser::write));
        seals.put(STATE, store(new Path(beside, STATE), stream -> stream.write(state)));
        files.delete(target, true);
        if (!files.rename(beside, target)) {
            throw new IOException(
                    "Checkpoint " + target + " could not be put in place; check the permissions of " + directory + ".");
        }
        byte[] commit = new Commit(seals).text();
        store(new Path(target, Commit.FILE), stream -> stream.write(commit));
        deleteOld();
        return target;
    }

    /** Writes the contents of one file. */
    @FunctionalInterface
    private interface Content {
        void write(OutputStream stream) throws IOException;
    }

    private Commit.Seal store(Path file, Content content) throws IOException {
        CRC32C checksum = new CRC32C();
        try (FSDataOutputStream stream = files.create(file, true)) {
            CheckedOutputStream checked = new CheckedOutputStream(stream, checksum);
            content.write(checked);
            checked.flush();
            stream.hsync();
            return new Commit.Seal(stream.getPos(), checksum.getValue());
        }
    }

    private void deleteUnfinished() throws IOException {
        for (Path path : list(UNFINISHED)) {
            files.delete(path, true);
        }
    }

    private void deleteOld() throws IOException {
        int whole = 0;
        for (Path path : list(COMPLETE)) {
            if (whole >= keep) {
                files.delete(path, true);
            } else if (isCommitted(path)) {
                whole++;
            }
        }
    }

    /** Newest first. */
    private List<Path> list(Pattern names) throws IOException {
        List<Path> found = new ArrayList<>();
        if (files.exists(directory)) {
            for (FileStatus status : files.listStatus(directory)) {
                if (names.matcher(status.getPath().getName()).matches()) {
                    found.add(status.getPath());
                }
            }
        }
        found.sort(Comparator.comparing((Path path) -> path.getName().length())
                .thenComparing(Path::getName)
                .reversed());
        return found;
    }

    /** The newest checkpoint that was written to its end. */
    public Optional<Path> newest() throws IOException {
        for (Path path : list(COMPLETE)) {
            if (isCommitted(path)) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }

    private boolean isCommitted(Path checkpoint) throws IOException {
        Path commit = new Path(checkpoint, Commit.FILE);
        if (!files.exists(commit)) {
            return false;
        }
        Commit parsed;
        try (FSDataInputStream stream = files.open(commit)) {
            parsed = Commit.of(stream.readAllBytes());
        } catch (IOException torn) {
            return false;
        }
        return parsed.isComplete(files, checkpoint);
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
        Path commitFile = new Path(checkpoint, Commit.FILE);
        if (!files.exists(commitFile)) {
            Optional<Path> newest = new Checkpoints(files, checkpoint, 1).newest();
            if (newest.isEmpty()) {
                throw new CheckpointException("There is no complete checkpoint in " + checkpoint
                        + "; name the output directory of a training run or one of its step directories.");
            }
            return read(files, newest.get());
        }
        Commit commit;
        try (FSDataInputStream stream = files.open(commitFile)) {
            commit = Commit.of(stream.readAllBytes());
        } catch (IOException e) {
            throw new CheckpointException(corrupt(commitFile), e);
        }
        Path stateFile = new Path(checkpoint, STATE);
        RunState run = RunJson.read(stateFile.toString(), load(files, stateFile, commit));
        Safetensors weights = tensors(files, new Path(checkpoint, WEIGHTS), commit);
        Safetensors optimiser = tensors(files, new Path(checkpoint, OPTIMISER), commit);
        ModelWeights numbers =
                ModelWeights.allocate(run.recipe().model(), run.recipe().precision());
        try {
            numbers.assignAll(weights.tensors());
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(
                    new Path(checkpoint, WEIGHTS) + " does not fit the model in " + STATE + ": " + e.getMessage(), e);
        }
        return new Checkpoint(run, numbers, optimiser.tensors());
    }

    private static Safetensors tensors(FileSystem files, Path file, Commit commit) throws IOException {
        byte[] bytes = load(files, file, commit);
        try {
            return Safetensors.read(file.toString(), new ByteArrayInputStream(bytes));
        } catch (FormatException e) {
            throw new CheckpointException(e.getMessage(), e);
        }
    }

    private static byte[] load(FileSystem files, Path file, Commit commit) throws IOException {
        Commit.Seal seal = commit.files().get(file.getName());
        if (seal == null || !files.exists(file)) {
            throw new CheckpointException(corrupt(file));
        }
        byte[] bytes;
        try (FSDataInputStream stream = files.open(file)) {
            bytes = stream.readAllBytes();
        } catch (ChecksumException e) {
            throw new CheckpointException(corrupt(file), e);
        }
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        if (bytes.length != seal.bytes() || checksum.getValue() != seal.crc32c()) {
            throw new CheckpointException(corrupt(file));
        }
        return bytes;
    }

    private static String corrupt(Path file) {
        return file + " is missing or not what was written; delete its checkpoint directory to use an older one.";
    }
}
