// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkjno.kernels.device.Devices;
import org.sparkjno.kernels.device.reference.ReferenceDevice;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Recurrence;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.optimize.Schedule;
import org.sparkjno.kernels.render.CudaProgram;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * The CUDA text of graphs: its numbers, by threads of the host, against the reference device; its form, by the compilers
 * for devices. More random graphs: {@code -Dsparkjno.random.cuda=1000}.
 */
class CudaTextTest {
    private static final int COUNT = Integer.getInteger("sparkjno.random.cuda", 12);
    private static final List<String> ARCHITECTURES = List.of("sm_80", "sm_90");

    @TempDir
    private Path directory;

    @BeforeAll
    static void compilerIsThere() {
        assumeTrue(BundledClang.isPresent(), "No clang for this platform is on the class path.");
    }

    @Test
    void computesWhatTheReferenceDeviceComputes() {
        try (EmulatedCuda cuda = new EmulatedCuda(directory, false)) {
            assertThat(CpuDeviceTest.failures(cuda, COUNT, CpuDeviceTest::anyGraph))
                    .isEmpty();
        }
    }

    @Test
    void computesGradientsInPlaceWhateverThreadsRunFirst() {
        try (EmulatedCuda cuda = new EmulatedCuda(directory, true)) {
            assertThat(CpuDeviceTest.failures(cuda, COUNT / 4, CpuDeviceTest::descent))
                    .isEmpty();
        }
    }

    @Test
    void whatIsNotFiniteStaysSo() {
        try (EmulatedCuda cuda = new EmulatedCuda(directory, true)) {
            assertThat(CpuDeviceTest.failures(cuda, COUNT / 4, CpuDeviceTest::withSpecialNumbers))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyKindOfKernelGivesTheSameBitsWhateverThreadsRunFirst(Kind kind) {
        List<Literal> arguments = arguments(kind.graph());
        try (EmulatedCuda forwards = new EmulatedCuda(directory, false);
                EmulatedCuda backwards = new EmulatedCuda(directory, true);
                ReferenceDevice reference = new ReferenceDevice()) {
            List<Literal> expected = Devices.call(reference, kind.graph(), arguments);
            List<Literal> actual = Devices.call(forwards, kind.graph(), arguments);
            for (int i = 0; i < expected.size(); i++) {
                boolean single = expected.get(i).type().dtype() == DType.F32;
                assertThat(actual.get(i).toArray())
                        .usingComparatorWithPrecision(single ? 1e-4 : 1e-11)
                        .containsExactly(expected.get(i).toArray());
            }
            assertThat(Devices.call(backwards, kind.graph(), arguments)).isEqualTo(actual);
        }
    }

    @Test
    void clangMakesDeviceCodeOfEveryKindOfKernel() throws Exception {
        ClangDialects compilers = new ClangDialects(directory);
        Optional<Path> assembler = onPath("ptxas");
        for (Kind kind : Kind.values()) {
            for (String architecture : ARCHITECTURES) {
                Path ptx = compilers.toPtx(kind.name(), text(kind.graph()), architecture);
                assertThat(Files.readString(ptx)).contains(".entry k0");
                assembler.ifPresent(ptxas ->
                        compilers.run(ptxas, List.of("-arch=" + architecture, ptx.toString(), "-o", kind + ".cubin")));
            }
        }
    }

    @Test
    void nvccTakesTheText() {
        Optional<Path> nvcc = onPath("nvcc");
        assumeTrue(nvcc.isPresent(), "No nvcc is on the PATH, so the text is compiled by clang alone.");
        List<Value> outputs = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            outputs.addAll(kind.graph().outputs());
        }
        List<Value> inputs = Stream.of(Kind.values())
                .flatMap(kind -> kind.graph().inputs().stream())
                .toList();
        String text = text(Graph.of(inputs, outputs));
        for (String architecture : ARCHITECTURES) {
            new ClangDialects(directory).byNvcc(nvcc.get(), "all", text, List.of("-arch=" + architecture));
        }
    }

    private static String text(Graph graph) {
        return new CudaProgram(Schedule.whole(graph, Map.of())).text();
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static List<Literal> arguments(Graph graph) {
        Random random = new Random(1);
        List<Literal> arguments = new ArrayList<>();
        for (Value input : graph.inputs()) {
            boolean floating = input.dtype().isFloating();
            double[] elements = random.doubles(input.shape().size(), -1, 1)
                    .map(x -> floating ? x : Math.floor(4 * x + 4))
                    .toArray();
            arguments.add(Literal.of(input.type(), elements));
        }
        return arguments;
    }

    /** One graph per kind of kernel. */
    enum Kind {
        ELEMENTWISE(() -> {
            Value x = input("x", 7, 33);
            Value y = input("y", 33);
            return graph(x.tanh().times(y.broadcastTo(x.shape())).plus(x.apply(Primitive.SIN)));
        }),
        FOLD_OVER_ALL(() -> {
            Value x = input("x", 5, 300);
            return graph(x.square().sum(0, 1), x.max(0, 1));
        }),
        FOLD_OVER_ROWS(() -> {
            Value x = input("x", 9, 130);
            return graph(x.max(1), x.exp().sum(1));
        }),
        FOLD_OVER_COLUMNS(() -> {
            Value x = input("x", 130, 9);
            return graph(x.apply(Primitive.COS).sum(0));
        }),
        PRODUCT(() -> graph(single("a", 37, 20).contract("ik,kj->ij", single("b", 20, 24)))),
        PRODUCT_WITH_ODD_ROWS(() -> graph(single("a", 3, 9, 20).contract("nik,nkj->nij", single("b", 3, 20, 7)))),
        PRODUCT_WITH_EPILOGUE(() -> {
            Value sum = input("a", 21, 40).contract("ik,kj->ij", input("b", 40, 7));
            return graph(sum.plus(input("c", 7).broadcastTo(sum.shape())).tanh());
        }),
        PRODUCT_WITH_LONG_SUMS(() -> graph(input("a", 1100, 11).contract("ki,kj->ij", input("b", 1100, 6)))),
        MIXED_TYPES(() -> {
            Value x = single("x", 6, 8);
            return graph(x.plus(1), x.cast(DType.F64).tanh(), x.slice(1, 1, 5).exp());
        }),
        GATHER(() -> graph(input("x", 8, 5).gather(positions("at", 11)))),
        SCATTER(() -> graph(input("x", 11, 5).scatterAdd(positions("at", 11), 8))),
        SORT(() -> graph(input("x", 3, 50).argsort(1), input("y", 40, 2).argsort(0))),
        WINDOWS(() -> graph(
                input("x", 6, 3, 4).overlapAdd(0, 13, 2, 1), input("y", 9, 4).cumsum(0))),
        HALF(() -> graph(single("x", 40).cast(DType.BF16).cast(DType.F32).plus(1))),
        LOOP(() -> {
            Value start = input("start", 6);
            Value forcing = input("forcing", 5, 6);
            Recurrence.Outcome run = Recurrence.scan(5, List.of(start), List.of(forcing), (carries, slices) -> {
                Value next = carries.get(0).tanh().plus(slices.get(0));
                return new Recurrence.Step(List.of(next), List.of(next.square()));
            });
            return graph(run.carries().get(0), run.stacked().get(0));
        });

        private final Graph graph;

        Kind(Supplier<Graph> graph) {
            this.graph = graph.get();
        }

        Graph graph() {
            return graph;
        }

        private static Graph graph(Value... outputs) {
            List<Value> inputs = new ArrayList<>();
            Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            for (Value output : outputs) {
                collect(output, inputs, seen);
            }
            return Graph.of(inputs, List.of(outputs));
        }

        private static void collect(Value value, List<Value> inputs, Set<Value> seen) {
            if (seen.add(value)) {
                value.operands().forEach(operand -> collect(operand, inputs, seen));
                if (value.op() instanceof Op.Input) {
                    inputs.add(value);
                }
            }
        }

        private static Value input(String name, int... dims) {
            return Value.input(name, new TensorType(DType.F64, Shape.of(dims)));
        }

        private static Value single(String name, int... dims) {
            return Value.input(name, new TensorType(DType.F32, Shape.of(dims)));
        }

        private static Value positions(String name, int... dims) {
            return Value.input(name, new TensorType(DType.I32, Shape.of(dims)));
        }
    }
}
