// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import org.sparkjno.kernels.device.Bytes;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.HostOp;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.Value;

/**
 * Plans on disk beside their libraries, under the SHA-256 of the graph with its constants, of all that decides what becomes of
 * it, and of the code that does so. A graph that was compiled before is not optimised and rendered again.
 */
final class PlanCache {
    private final KernelCache kernels;
    private final Planner planner;
    private final Optional<String> code;

    /**
     * The plans of a kind.
     *
     * @param kernels where libraries are
     * @param planner makes plans that are missing
     * @param code identity of the code of the planner; without it nothing is kept
     */
    PlanCache(KernelCache kernels, Planner planner, Optional<String> code) {
        this.kernels = kernels;
        this.planner = planner;
        this.code = code;
    }

    /** The plan of a graph, made now unless it is on disk. */
    Plan plan(Graph graph, InPlace inPlace) {
        if (code.isEmpty() || callsHost(graph)) {
            return planner.plan(graph, inPlace, kernels);
        }
        String name = "plans/" + key(graph, inPlace, code.get());
        Optional<Plan> known = find(name);
        if (known.isPresent()) {
            return known.get();
        }
        Plan plan = planner.plan(graph, inPlace, kernels);
        if (PlanFile.holds(plan)) {
            keep(plan, name);
        }
        return plan;
    }

    /** Whether functions in Java are called, which no text tells apart. */
    private static boolean callsHost(Graph graph) {
        for (Value value : graph.order()) {
            if (value.op() instanceof HostOp || value.op() instanceof LoopOp.Scan scan && callsHost(scan.body())) {
                return true;
            }
        }
        return false;
    }

    private String key(Graph graph, InPlace inPlace, String identity) {
        return Digest.of(
                graph.print(literal -> Digest.of(Bytes.of(literal))),
                new TreeMap<>(inPlace.inputOfOutput()).toString(),
                Integer.toString(planner.threads()),
                planner.registers().bits() + " " + planner.registers().count(),
                kernels.settings(),
                identity);
    }

    /** What cannot be read is as good as missing, and made anew. */
    private Optional<Plan> find(String name) {
        Optional<Path> file = kernels.files().find(name);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<Plan> plan = PlanFile.read(file.get(), kernels::find);
            if (plan.isEmpty()) {
                Files.delete(file.get());
            }
            return plan;
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void keep(Plan plan, String name) {
        try {
            kernels.files().get(name, file -> PlanFile.write(plan, file));
        } catch (CacheException e) {
            // The library was found where nothing can be written: the next start will plan again, as this one did.
        }
    }
}
