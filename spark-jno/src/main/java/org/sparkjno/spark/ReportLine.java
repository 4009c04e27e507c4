// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkjno.kernels.collective.Membership;

/**
 * A task's connection to the driver's {@link ReportDesk}. Spark's own accumulators arrive with the heartbeats only, every ten
 * seconds, and of several failed tasks Spark passes on the first it hears of, be it the cause or not.
 */
final class ReportLine implements ProgressReporter, Closeable {
    static final byte PROGRESS = 1;
    static final byte FAILURE = 2;

    private static final Logger LOG = LoggerFactory.getLogger(ReportLine.class);

    private final SocketChannel channel;
    private boolean broken;

    private ReportLine(SocketChannel channel) {
        this.channel = channel;
    }

    /** @throws FatalRunException if the driver cannot be reached or does not know the task */
    static ReportLine open(DeskAddress desk, Membership membership, int rank) {
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            channel.connect(new InetSocketAddress(desk.host(), desk.port()));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            ReportLine line = new ReportLine(channel);
            line.send(desk.greeting(membership, rank));
            line.awaitAnswer();
            return line;
        } catch (IOException | UnresolvedAddressException e) {
            close(channel);
            throw new FatalRunException(
                    "Rank " + rank + " cannot report to the driver at " + desk.host() + ":" + desk.port() + " (" + e
                            + "): let executors reach that port, or name a port range that they reach.",
                    e);
        }
    }

    @Override
    public void report(long step, double loss, long samples) {
        if (broken) {
            return;
        }
        ByteBuffer message = ByteBuffer.allocate(1 + 3 * Long.BYTES)
                .put(PROGRESS)
                .putLong(step)
                .putDouble(loss)
                .putLong(samples);
        try {
            send(message.array());
        } catch (IOException e) {
            lose(e);
        }
    }

    /** Returns when the driver knows of the failure, so that it knows the cause before other ranks suffer from it. */
    void fail(Failure failure) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        try (DataOutputStream fields = new DataOutputStream(message)) {
            fields.writeByte(FAILURE);
            fields.writeInt(failure.kind().ordinal());
            fields.writeUTF(failure.message());
            send(message.toByteArray());
            awaitAnswer();
        } catch (IOException e) {
            lose(e);
        }
    }

    private void lose(IOException cause) {
        broken = true;
        LOG.warn("The driver no longer hears this task's reports: {}", cause.toString());
    }

    private void send(byte[] message) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(message);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private void awaitAnswer() throws IOException {
        if (channel.read(ByteBuffer.allocate(1)) != 1) {
            throw new IOException("the driver hung up");
        }
    }

    @Override
    public void close() {
        close(channel);
    }

    private static void close(SocketChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("Closing the connection to the driver failed", e);
            }
        }
    }
}
