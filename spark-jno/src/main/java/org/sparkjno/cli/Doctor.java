// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.device.cpu.CpuTarget;
import org.sparkjno.kernels.device.cpu.NoCompilerException;
import org.sparkjno.kernels.device.cpu.Toolchain;
import org.sparkjno.kernels.device.reference.ReferenceDevice;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import picocli.CommandLine.Command;

/** {@code jno doctor}: what was found on this machine, and whether compiled code computes what it should. */
@Command(
        name = "doctor",
        description = "Prints what was found on this machine and tests the compiled device.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  jno doctor --json"})
final class Doctor extends Task {
    private static final double TOLERANCE = 1e-5;

    @Override
    Outcome execute() throws Exception {
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("java", System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")");
        found.put("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
        found.put("cores", Runtime.getRuntime().availableProcessors());
        found.put("memory_mib", memory() >> 20);
        found.put("heap_mib", Runtime.getRuntime().maxMemory() >> 20);
        found.put("cuda", cuda());
        boolean healthy = compiler(found);
        String text = found.entrySet().stream()
                .map(entry -> String.format("%-18s %s", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(System.lineSeparator()));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("metrics", found);
        return new Outcome(fields, text, healthy);
    }

    private static long memory() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    private static boolean compiler(Map<String, Object> found) {
        try {
            CpuTarget target = Toolchain.target();
            found.put("compiler", target.compiler());
            found.put("vector_bits", target.vectorBits());
            found.put("cache_directory", Toolchain.cacheDirectory().toString());
        } catch (NoCompilerException e) {
            found.put("compiler", "none: " + e.getMessage());
            return false;
        }
        double difference = selfTest();
        boolean agrees = difference <= TOLERANCE;
        found.put("self_test", agrees ? "passed" : "FAILED");
        found.put("self_test_difference", difference);
        return agrees;
    }

    /** Largest difference between the compiled and the reference device over a gradient of a small network. */
    private static double selfTest() {
        Value x = Value.input("x", TensorType.f32(64, 48));
        Value w = Value.input("w", TensorType.f32(48, 40));
        Value hidden = x.contract("bi,io->bo", w).tanh();
        Value loss = hidden.erf().times(hidden.exp()).mean();
        Graph graph = Graph.of(
                List.of(x, w), List.of(loss, Derivatives.gradient(loss, w).get(0)));
        double[] compiled = run(CpuDevice.open(), graph);
        double[] reference = run(new ReferenceDevice(), graph);
        double worst = 0;
        for (int i = 0; i < compiled.length; i++) {
            double difference = Math.abs(compiled[i] - reference[i]);
            worst = difference <= worst ? worst : difference;
        }
        return worst;
    }

    private static double[] run(Device device, Graph graph) {
        try (device;
                Executable executable = device.compile(graph);
                Buffer x = device.allocate(graph.inputs().get(0).type());
                Buffer w = device.allocate(graph.inputs().get(1).type());
                Buffer loss = device.allocate(graph.outputs().get(0).type());
                Buffer gradient = device.allocate(graph.outputs().get(1).type())) {
            x.write(waves(x.type(), 0.37));
            w.write(waves(w.type(), 0.11));
            try (Invocation invocation = executable.bind(List.of(x, w), List.of(loss, gradient))) {
                invocation.run();
            }
            double[] all = new double[1 + gradient.read().size()];
            all[0] = loss.read().get(0);
            System.arraycopy(gradient.read().toArray(), 0, all, 1, all.length - 1);
            return all;
        }
    }

    private static Literal waves(TensorType type, double frequency) {
        double[] elements = new double[Math.toIntExact(type.shape().size())];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = Math.sin(frequency * i);
        }
        return Literal.of(type, elements);
    }

    private static String cuda() throws InterruptedException {
        try {
            Process process = new ProcessBuilder(
                            "nvidia-smi", "--query-gpu=name,memory.total,driver_version", "--format=csv,noheader")
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(5, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0
                    ? answer.strip().replace(System.lineSeparator(), "; ")
                    : "none: nvidia-smi answers '"
                            + answer.strip().lines().findFirst().orElse("") + "'";
        } catch (IOException e) {
            return "none: no NVIDIA driver (nvidia-smi is not on the path)";
        }
    }
}
