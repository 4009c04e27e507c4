// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.explain;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An {@link Explanation} in words and tables. */
public final class ExplanationText {
    private static final double MEGA = 1e-6;

    private final Explanation explanation;

    /** The texts of an explanation. */
    public ExplanationText(Explanation explanation) {
        this.explanation = explanation;
    }

    /** A few lines: kernels, traffic, arithmetic, time, memory. */
    public String summary() {
        List<KernelFacts> kernels = explanation.kernels();
        long bytes = kernels.stream()
                .mapToLong(kernel -> kernel.cost().bytesRead() + kernel.cost().bytesWritten())
                .sum();
        long flops = kernels.stream().mapToLong(kernel -> kernel.cost().flops()).sum();
        StringBuilder text = new StringBuilder();
        line(text, "kernels: %d, distinct: %d", kernels.size(), functions().size());
        line(text, "moved: %.3f MB, operations: %.3f million", bytes * MEGA, flops * MEGA);
        double micros = kernels.stream().mapToDouble(KernelFacts::micros).sum();
        if (micros > 0) {
            line(text, "time of all kernels, one by one: %.1f µs", micros);
        }
        ArenaMap arena = explanation.arena();
        line(
                text,
                "arena: %d bytes, liveness lower bound: %d, ratio: %.3f",
                arena.bytes(),
                arena.lowerBound(),
                arena.ratio());
        line(text, "constants: %d bytes", explanation.constantBytes());
        return text.toString();
    }

    /** One line per kernel, in order of execution. */
    public String kernels() {
        StringBuilder text = new StringBuilder();
        String header = "%5s %-8s %6s %12s %12s %12s %9s %9s  %s";
        line(text, header, "index", "function", "runs", "MB moved", "Mflop", "µs", "GB/s", "Gflop/s", "what");
        int index = 0;
        for (KernelFacts kernel : explanation.kernels()) {
            line(
                    text,
                    "%5d %-8s %6d %12.3f %12.3f %12.2f %9.1f %9.1f  %s",
                    index++,
                    kernel.function(),
                    kernel.runs(),
                    (kernel.cost().bytesRead() + kernel.cost().bytesWritten()) * MEGA,
                    kernel.cost().flops() * MEGA,
                    kernel.micros(),
                    kernel.gigabytesPerSecond(),
                    kernel.gigaflops(),
                    kernel.extents() + " " + String.join(" ", kernel.writes()) + " <- "
                            + String.join(" ", kernel.reads()));
        }
        return text.toString();
    }

    /** The functions, each once, in the device's language, and what calls them. */
    public String source() {
        StringBuilder text = new StringBuilder();
        functions().forEach((name, definition) -> {
            String users = indices(name);
            line(text, "// %s: kernel%s %s", name, users.contains(",") ? "s" : "", users);
            text.append(definition).append('\n');
        });
        return text.append(explanation.driver()).toString();
    }

    /** One line per value in the arena, from its start. */
    public String arena() {
        StringBuilder text = new StringBuilder();
        line(text, "%14s %14s %7s %7s  %s", "offset", "bytes", "first", "last", "value");
        explanation.arena().blocks().stream()
                .sorted(Comparator.comparingLong(ArenaMap.Block::offset).thenComparing(ArenaMap.Block::first))
                .forEach(block -> line(
                        text,
                        "%14d %14d %7d %7d  %s",
                        block.offset(),
                        block.bytes(),
                        block.first(),
                        block.last(),
                        block.value()));
        return text.toString();
    }

    private Map<String, String> functions() {
        Map<String, String> functions = new LinkedHashMap<>();
        explanation.kernels().forEach(kernel -> functions.putIfAbsent(kernel.function(), kernel.text()));
        return functions;
    }

    private String indices(String function) {
        List<KernelFacts> kernels = explanation.kernels();
        return IntStream.range(0, kernels.size())
                .filter(i -> kernels.get(i).function().equals(function))
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(", "));
    }

    private static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
