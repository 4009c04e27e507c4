// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.checkpoint;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** A file system whose writer dies at a given change: all changes before it are made, none after. */
final class DyingFileSystem extends FilterFileSystem {
    private int changesLeft;

    DyingFileSystem(FileSystem files, int changesLeft) {
        super(files);
        this.changesLeft = changesLeft;
    }

    private void change() throws IOException {
        if (changesLeft-- <= 0) {
            throw new IOException("killed");
        }
    }

    @Override
    public FSDataOutputStream create(
            Path file,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        change();
        FSDataOutputStream stream =
                super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress);
        if (changesLeft == 0) {
            // Dies with the file open and empty.
            stream.close();
            throw new IOException("killed");
        }
        return stream;
    }

    @Override
    public boolean rename(Path source, Path target) throws IOException {
        change();
        return super.rename(source, target);
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        change();
        return super.delete(path, recursive);
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
        change();
        return super.mkdirs(path);
    }
}
