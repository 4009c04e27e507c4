// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparkjno.checkpoint.CheckpointException;
import org.sparkjno.checkpoint.FileSettings;
import org.sparkjno.checkpoint.SealedSteps;
import org.sparkjno.kernels.collective.Collective;

/** The checkpoints of a session. The first task reads and writes them and tells the others, who need no access to the files. */
final class Journal {
    private static final int ROOT = 0;
    private static final int KEPT = 2;

    private final Saving saving;
    private final Collective world;
    private final FileSettings settings;

    /**
     * The checkpoints in a directory.
     *
     * @param settings of its file system
     */
    Journal(Saving saving, Collective world, FileSettings settings) {
        this.settings = settings;
        this.saving = saving;
        this.world = world;
    }

    boolean isDue(int done) {
        return !saving.isNowhere() && done % saving.every() == 0;
    }

    private boolean isRoot() {
        return world.rank() == ROOT;
    }

    private SealedSteps steps() throws IOException {
        Path directory = new Path(saving.directory());
        return new SealedSteps(files(), directory, KEPT);
    }

    private FileSystem files() throws IOException {
        return settings.of(new Path(saving.directory()));
    }

    /** Writes a checkpoint if this is the task that does; tells where. */
    Optional<String> write(Supplier<Snapshot> now) {
        if (!isRoot() || saving.isNowhere()) {
            return Optional.empty();
        }
        try {
            Snapshot snapshot = now.get();
            return Optional.of(
                    steps().write(snapshot.text().step(), snapshot.files()).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * The checkpoint to go on from.
     *
     * @param settings of this session
     * @throws UncheckedIOException when it is corrupt, of another run, or there although the run is to begin
     */
    Optional<Snapshot> find(Supplier<Map<String, String>> settings) {
        if (saving.isNowhere()) {
            return Optional.empty();
        }
        try {
            Optional<Snapshot> own = Optional.empty();
            byte[] told = {};
            if (isRoot()) {
                try {
                    own = read(settings.get());
                    told = tagged(
                            own.isPresent() ? 'S' : 'N',
                            own.isPresent() ? own.get().bytes() : new byte[0]);
                } catch (CheckpointException e) {
                    told = tagged('E', e.getMessage().getBytes(StandardCharsets.UTF_8));
                }
            }
            byte[] heard = world.size() == 1 ? told : hear(told);
            byte[] content = Arrays.copyOfRange(heard, 1, heard.length);
            return switch (heard[0]) {
                case 'N' -> Optional.empty();
                case 'S' -> Optional.of(Snapshot.of("The checkpoint in " + saving.directory(), content));
                default -> throw new CheckpointException(new String(content, StandardCharsets.UTF_8));
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static byte[] tagged(char tag, byte[] content) {
        return ByteBuffer.allocate(1 + content.length)
                .put((byte) tag)
                .put(content)
                .array();
    }

    /** What the first task tells, whatever its length. */
    private byte[] hear(byte[] told) {
        byte[] length = ByteBuffer.allocate(Integer.BYTES).putInt(told.length).array();
        int bytes = ByteBuffer.wrap(world.allGather(length).get(ROOT)).getInt();
        byte[] heard = isRoot() ? told : new byte[bytes];
        world.broadcast(ByteBuffer.wrap(heard), ROOT);
        return heard;
    }

    private Optional<Snapshot> read(Map<String, String> settings) throws IOException {
        Optional<Path> newest = steps().newest();
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        String where = newest.get().toString();
        if (!saving.resume()) {
            throw new CheckpointException("There is already a checkpoint " + where
                    + "; resume that run by resume(), or train into another directory.");
        }
        Snapshot snapshot = Snapshot.of(where, SealedSteps.read(files(), newest.get()));
        snapshot.requireSame(where, settings);
        return Optional.of(snapshot);
    }
}
