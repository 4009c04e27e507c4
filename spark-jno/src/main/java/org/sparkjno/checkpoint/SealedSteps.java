// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.checkpoint;

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

/**
 * Directories of files, one per step of a run, each whole or not there.
 *
 * <p>A directory is written beside, renamed, and committed by a last file that names the others' lengths and checksums. So
 * a writer may die at any moment, on file systems with and without atomic renames, and a reader sees whole directories only.
 * One process writes at a time.
 */
public final class SealedSteps {
    private static final Pattern COMPLETE = Pattern.compile("step-\\d{8,}");
    private static final Pattern UNFINISHED = Pattern.compile("\\.step-\\d{8,}-.*");

    private final FileSystem files;
    private final Path directory;
    private final int keep;

    /** Writes the contents of one file. */
    @FunctionalInterface
    public interface Content {
        /** Writes them; the stream stays open. */
        void write(OutputStream stream) throws IOException;
    }

    /**
     * The steps in a directory, which need not exist yet.
     *
     * @param keep how many to keep; older ones are deleted after each write
     */
    public SealedSteps(FileSystem files, Path directory, int keep) {
        if (keep < 1) {
            throw new IllegalArgumentException("At least one checkpoint must be kept, but got " + keep + ".");
        }
        this.files = files;
        this.directory = directory;
        this.keep = keep;
    }

    /** Where the files after so many steps lie, or would lie. */
    public Path place(long step) {
        return new Path(directory, String.format(Locale.ROOT, "step-%08d", step));
    }

    /**
     * Writes the files of a step and deletes steps that are too old.
     *
     * @param contents by file name, in the order in which they are written
     * @return where they lie
     */
    public Path write(long step, Map<String, Content> contents) throws IOException {
        Path target = place(step);
        Path beside = new Path(directory, "." + target.getName() + "-" + UUID.randomUUID());
        deleteUnfinished();
        files.mkdirs(beside);
        Map<String, Commit.Seal> seals = new TreeMap<>();
        for (Map.Entry<String, Content> content : contents.entrySet()) {
            seals.put(content.getKey(), store(new Path(beside, content.getKey()), content.getValue()));
        }
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

    /** The newest step that was written to its end. */
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

    /**
     * The files of one step by name.
     *
     * @param checkpoint its own directory, or the directory of a run, of which the newest one is read
     * @throws CheckpointException when a file is missing, torn or corrupt
     */
    public static Map<String, byte[]> read(FileSystem files, Path checkpoint) throws IOException {
        Path commitFile = new Path(checkpoint, Commit.FILE);
        if (!files.exists(commitFile)) {
            Optional<Path> newest = new SealedSteps(files, checkpoint, 1).newest();
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
        Map<String, byte[]> contents = new TreeMap<>();
        for (Map.Entry<String, Commit.Seal> file : commit.files().entrySet()) {
            contents.put(file.getKey(), load(files, new Path(checkpoint, file.getKey()), file.getValue()));
        }
        return contents;
    }

    private static byte[] load(FileSystem files, Path file, Commit.Seal seal) throws IOException {
        if (!files.exists(file)) {
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
