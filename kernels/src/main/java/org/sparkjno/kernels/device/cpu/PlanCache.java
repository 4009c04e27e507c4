// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        if (code.isEmpty()) {
            return planner.plan(graph, inPlace, kernels);
        }
        List<HostOp> calls = new ArrayList<>();
        collectCalls(graph, calls);
        String name = "plans/" + key(graph, calls, inPlace, code.get());
        Optional<Plan> known = find(name, calls);
        if (known.isPresent()) {
            return known.get();
        }
        Plan plan = planner.plan(graph, inPlace, kernels);
        if (PlanFile.holds(plan, calls)) {
            keep(plan, calls, name);
        }
        return plan;
    }

    /** The calls of functions in Java, in loops or not, in the order of the text. */
    private static void collectCalls(Graph graph, List<HostOp> calls) {
        for (Value value : graph.order()) {
            if (value.op() instanceof HostOp call) {
                calls.add(call);
            } else if (value.op() instanceof LoopOp.Scan scan) {
                collectCalls(scan.body(), calls);
            }
        }
    }

    private String key(Graph graph, List<HostOp> calls, InPlace inPlace, String identity) {
        return Digest.of(
                graph.print(literal -> Digest.of(Bytes.of(literal))),
                text(calls),
                new TreeMap<>(inPlace.inputOfOutput()).toString(),
                Integer.toString(planner.threads()),
                planner.registers().bits() + " " + planner.registers().count(),
                kernels.settings(),
                identity);
    }

    /** What the text of a graph does not say of its calls: which of them are of one function, and what results nobody uses. */
    private static String text(List<HostOp> calls) {
        StringBuilder text = new StringBuilder();
        for (HostOp call : calls) {
            text.append(calls.indexOf(call)).append(call.results());
        }
        return text.toString();
    }

    /** What cannot be read is as good as missing, and made anew. */
    private Optional<Plan> find(String name, List<HostOp> calls) {
        Optional<Path> file = kernels.files().find(name);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<Plan> plan = PlanFile.read(file.get(), calls, kernels::find);
            if (plan.isEmpty()) {
                Files.delete(file.get());
            }
            return plan;
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void keep(Plan plan, List<HostOp> calls, String name) {
        try {
            kernels.files().get(name, file -> PlanFile.write(plan, calls, file));
        } catch (CacheException e) {
            // The library was found where nothing can be written: the next start will plan again, as this one did.
        }
    }
}
