// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.List;
import org.sparkjno.kernels.graph.DType;

/**
 * CUDA C++ without headers beyond what its compilers know by themselves. Points are dealt to all threads of the grid in
 * turn (a grid-stride loop), so that any grid gives the same numbers; vectors are CUDA's own of at most 16 bytes.
 */
record CudaDialect() implements Dialect {
    /** Bytes of the longest vector that one instruction loads. */
    static final int VECTOR_BYTES = 16;

    /** Accumulators of a tile, in vectors; with them a kernel takes some 64 of the 255 registers that a thread may have. */
    private static final int ACCUMULATORS = 8;

    private static final String SUM = """
            %1$s%2$s jno_block_sum(%2$s a) {
              __shared__ %2$s warps[32];
              for (int d = 16; d > 0; d /= 2) a += __shfl_down_sync(0xffffffffu, a, d);
              if (threadIdx.x %% 32 == 0) warps[threadIdx.x / 32] = a;
              __syncthreads();
              a = 0;
              for (unsigned w = 0; w < blockDim.x / 32; ++w) a += warps[w];
              __syncthreads();
              return a;
            }
            """;

    @Override
    public boolean isThreaded() {
        return true;
    }

    @Override
    public String kernel() {
        return "extern \"C\" __global__ void ";
    }

    @Override
    public String function() {
        return "static __device__ __forceinline__ ";
    }

    @Override
    public String restrict() {
        return "__restrict__";
    }

    @Override
    public String vectorised() {
        return "#pragma unroll";
    }

    @Override
    public String overRows() {
        return "#pragma unroll";
    }

    @Override
    public void open(CText text, List<String> indices, List<Integer> extents) {
        text.dealt("thread", "blockIdx.x * blockDim.x + threadIdx.x", "gridDim.x * blockDim.x", indices, extents);
        text.threads(extents.stream().mapToLong(Integer::intValue).reduce(1, (a, b) -> a * b));
    }

    @Override
    public Tiling tiling(int rows, int columns, DType dtype, int sums) {
        return Tiling.of(rows, columns, VECTOR_BYTES / dtype.bytes(), Math.max(1, ACCUMULATORS / sums));
    }

    @Override
    public String vector(DType dtype, int lanes) {
        return CType.memory(dtype) + (lanes == 1 ? "" : lanes);
    }

    @Override
    public String repeated(DType dtype, int lanes, String number) {
        return number;
    }

    @Override
    public String load(DType dtype, int lanes, String pointer, boolean aligned) {
        return aligned || lanes == 1
                ? "*(const " + vector(dtype, lanes) + "*)(" + pointer + ")"
                : "jno_load_" + vector(dtype, lanes) + "(" + pointer + ")";
    }

    @Override
    public String store(DType dtype, int lanes, String pointer, boolean aligned, String vector) {
        return aligned || lanes == 1
                ? "*(" + vector(dtype, lanes) + "*)(" + pointer + ") = " + vector + ";"
                : "jno_store(" + pointer + ", " + vector + ");";
    }

    /**
     * Arithmetic of short vectors, their way to and from addresses that suit only their elements, and sums over the threads
     * of a block in a fixed order.
     */
    @Override
    public String prelude() {
        return SUM.formatted(function(), "float")
                + SUM.formatted(function(), "double")
                + vector("float2", "float", "xy")
                + vector("float4", "float", "xyzw")
                + vector("double2", "double", "xy");
    }

    private String vector(String type, String element, String lanes) {
        CText text = new CText(this);
        text.line(
                "%s%s operator*(%s a, %s b) { return %s; }",
                function(), type, element, type, each(type, "a * b.#", lanes));
        text.line("%svoid operator+=(%s& a, %s b) { a = %s; }", function(), type, type, each(type, "a.# + b.#", lanes));
        text.line("%svoid operator-=(%s& a, %s b) { a = %s; }", function(), type, type, each(type, "a.# - b.#", lanes));
        text.line(
                "%s%s jno_load_%s(const %s* p) { return %s; }",
                function(), type, type, element, each(type, "p[@]", lanes));
        text.line(
                "%s%s jno_block_sum(%s a) { return %s; }",
                function(), type, type, each(type, "jno_block_sum(a.#)", lanes));
        StringBuilder stores = new StringBuilder();
        for (int lane = 0; lane < lanes.length(); lane++) {
            stores.append("p[%d] = a.%c; ".formatted(lane, lanes.charAt(lane)));
        }
        return text.line("%svoid jno_store(%s* p, %s a) { %s}", function(), element, type, stores)
                .toString();
    }

    /** A vector made of an expression per lane, in which # stands for the lane's name and @ for its number. */
    private static String each(String type, String expression, String lanes) {
        StringBuilder list = new StringBuilder();
        for (int lane = 0; lane < lanes.length(); lane++) {
            list.append(lane == 0 ? "" : ", ")
                    .append(expression.replace('#', lanes.charAt(lane)).replace("@", String.valueOf(lane)));
        }
        return "make_" + type + "(" + list + ")";
    }
}
