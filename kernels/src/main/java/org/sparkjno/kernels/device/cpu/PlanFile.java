// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.sparkjno.kernels.graph.HostOp;

/** Plans as files: a checksum, then the fields. They are read by the code that wrote them, so there is no version. */
final class PlanFile {
    private static final int CHECKSUM = Long.BYTES;
    /** Beyond this, constants cost more to read than to compute. */
    private static final int MOST_CONSTANTS = 64 << 20;

    private PlanFile() {}

    /**
     * Whether a file can hold a plan. Those with transfers are left out.
     *
     * @param functions in Java that the graph calls, which the file knows by number
     */
    static boolean holds(Plan plan, List<HostOp> functions) {
        return plan.transfers().isEmpty()
                && plan.hostCalls().stream().map(Plan.Call::op).allMatch(functions::contains)
                && plan.constants().length <= MOST_CONSTANTS;
    }

    /**
     * Writes a plan.
     *
     * @param functions in Java that the graph calls
     */
    static void write(Plan plan, List<HostOp> functions, Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(0);
        out.writeUTF(plan.library().getFileName().toString());
        out.writeInt(plan.entries().size());
        for (String entry : plan.entries()) {
            out.writeUTF(entry);
        }
        out.writeBoolean(plan.parallel());
        out.writeLong(plan.arenaBytes());
        out.writeInt(plan.constants().length);
        out.write(plan.constants());
        out.writeInt(plan.hostCalls().size());
        for (Plan.Call call : plan.hostCalls()) {
            out.writeInt(functions.indexOf(call.op()));
            out.writeInt(call.operands().size());
            for (long operand : call.operands()) {
                out.writeLong(operand);
            }
        }
        byte[] content = bytes.toByteArray();
        ByteBuffer.wrap(content).putLong(checksum(content));
        Files.write(file, content);
    }

    /**
     * The plan in a file.
     *
     * @param functions in Java that the graph calls, as when it was written
     * @param libraries finds the machine code by its name
     * @return nothing if the file is damaged or its machine code is gone
     */
    static Optional<Plan> read(Path file, List<HostOp> functions, Function<String, Optional<Path>> libraries)
            throws IOException {
        byte[] content = Files.readAllBytes(file);
        if (content.length < CHECKSUM || ByteBuffer.wrap(content).getLong() != checksum(content)) {
            return Optional.empty();
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
        in.readLong();
        Optional<Path> library = libraries.apply(in.readUTF());
        if (library.isEmpty()) {
            return Optional.empty();
        }
        List<String> entries = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            entries.add(in.readUTF());
        }
        boolean parallel = in.readBoolean();
        long arenaBytes = in.readLong();
        byte[] constants = in.readNBytes(in.readInt());
        List<Plan.Call> calls = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            HostOp op = functions.get(in.readInt());
            List<Long> operands = new ArrayList<>();
            for (int more = in.readInt(); more > 0; more--) {
                operands.add(in.readLong());
            }
            calls.add(new Plan.Call(op, operands));
        }
        return Optional.of(new Plan(library.get(), entries, parallel, arenaBytes, constants, List.of(), calls));
    }

    /** Of all that follows it. */
    private static long checksum(byte[] content) {
        CRC32 sum = new CRC32();
        sum.update(content, CHECKSUM, content.length - CHECKSUM);
        return sum.getValue();
    }
}
