// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.List;
import org.sparkjno.kernels.graph.DType;

/**
 * C for a processor with vector registers, as clang and gcc extend it.
 *
 * @param registers of the processor
 */
record CpuDialect(Registers registers) implements Dialect {
    @Override
    public boolean isThreaded() {
        return false;
    }

    /** Kernels that stand beside the driver are not to be copied into it: that only takes the compiler time. */
    @Override
    public String kernel() {
        return "__attribute__((visibility(\"hidden\"), noinline)) void ";
    }

    @Override
    public String function() {
        return "static inline ";
    }

    @Override
    public String restrict() {
        return "restrict";
    }

    @Override
    public String vectorised() {
        return "#pragma clang loop vectorize(enable) interleave(enable)";
    }

    /** Else short rows are unrolled and the loop over rows is vectorised, by gathers. */
    @Override
    public String overRows() {
        return "#pragma clang loop vectorize(disable) unroll(disable)";
    }

    @Override
    public void open(CText text, List<String> indices, List<Integer> extents) {
        for (int axis = 0; axis < indices.size() - 1; axis++) {
            text.loop(indices.get(axis), extents.get(axis));
        }
        if (!indices.isEmpty()) {
            text.vectorLoop(indices.get(indices.size() - 1), extents.get(indices.size() - 1));
        }
    }

    @Override
    public Tiling tiling(int rows, int columns, DType dtype, int sums) {
        return Tiling.of(rows, columns, dtype, registers, sums);
    }

    @Override
    public String vector(DType dtype, int lanes) {
        return lanes == 1 ? CType.memory(dtype) : dtype.text() + "x" + lanes;
    }

    @Override
    public String repeated(DType dtype, int lanes, String number) {
        return lanes == 1 ? number : "(" + number + " - (" + vector(dtype, lanes) + "){0})";
    }

    @Override
    public String load(DType dtype, int lanes, String pointer, boolean aligned) {
        return "*(" + vector(dtype, lanes) + "*)(" + pointer + ")";
    }

    @Override
    public String store(DType dtype, int lanes, String pointer, boolean aligned, String vector) {
        return load(dtype, lanes, pointer, aligned) + " = " + vector + ";";
    }

    /** Vector types for every width, aligned as their elements so that any address will do. */
    @Override
    public String prelude() {
        StringBuilder types = new StringBuilder();
        for (DType dtype : List.of(DType.F32, DType.F64)) {
            for (int lanes = 2; lanes <= registers.lanes(dtype); lanes *= 2) {
                types.append("typedef " + CType.memory(dtype) + " " + vector(dtype, lanes))
                        .append(" __attribute__((vector_size(" + lanes * dtype.bytes() + "), aligned(" + dtype.bytes())
                        .append("), may_alias));\n");
            }
        }
        return types.toString();
    }
}
