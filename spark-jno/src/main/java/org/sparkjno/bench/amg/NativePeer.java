// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench.amg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.sparkjno.bench.PeerProcess;

/** A peer's library in a process of its own, which stays alive between repetitions. */
final class NativePeer implements Entrant {
    private static final Pattern ANY_WORD = Pattern.compile(".*\\w.*");
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Open MPI shall run in containers too, where everyone is root; it shall leave ranks on the cores that this process
     * was given, even where these are fewer than it thinks fit.
     */
    private static final Map<String, String> MPI = Map.of(
            "OMPI_ALLOW_RUN_AS_ROOT", "1",
            "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1",
            "OMPI_MCA_hwloc_base_binding_policy", "none",
            "OMPI_MCA_rmaps_base_oversubscribe", "1");

    private final String name;
    private final PeerProcess process;

    private NativePeer(String name, PeerProcess process) {
        this.name = name;
        this.process = process;
    }

    /**
     * Starts all that a program has to show.
     *
     * @param library {@link NativeProgram#AMGCL} or {@link NativeProgram#HYPRE}
     * @param points per axis of the cube
     */
    static List<NativePeer> of(String library, Path executable, int points, int threads) throws IOException {
        return library.equals(NativeProgram.AMGCL)
                ? List.of(amgcl(executable, points, threads))
                : List.of(hypre(executable, points, threads, 0), hypre(executable, points, threads, 1));
    }

    /** AMGCL, by OpenMP threads. */
    private static NativePeer amgcl(Path executable, int points, int threads) throws IOException {
        return start(
                "AMGCL, SA + SPAI0",
                executable,
                List.of(executable.toString(), String.valueOf(points)),
                Map.of("OMP_NUM_THREADS", String.valueOf(threads)));
    }

    /**
     * hypre, by MPI ranks of one thread.
     *
     * @param aggressive how many levels are coarsened aggressively
     */
    private static NativePeer hypre(Path executable, int points, int ranks, int aggressive) throws IOException {
        List<String> command = List.of(
                "mpirun",
                "-n",
                String.valueOf(ranks),
                executable.toString(),
                String.valueOf(points),
                String.valueOf(aggressive));
        return start(aggressive == 0 ? "hypre, HMIS" : "hypre, HMIS, aggressive", executable, command, MPI);
    }

    private static NativePeer start(String name, Path executable, List<String> command, Map<String, String> environment)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return new NativePeer(name, PeerProcess.start(builder, executable.getParent(), ANY_WORD));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Run once() throws IOException {
        String answer = process.ask("go");
        try {
            JsonNode run = JSON.readTree(answer);
            return new Run(
                    run.required("setup").asDouble(),
                    run.required("solve").asDouble(),
                    run.required("iterations").asInt(),
                    run.required("residual").asDouble());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IOException("it answers '" + answer + "'", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
