// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.amgx;

import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.solve.Reuse;

/**
 * What lies on the device of the matrices of one pattern: one of them, and once it was asked for one of their transposes. Their
 * values are exchanged when another is to be solved with. For one thread.
 */
final class Residence implements AutoCloseable {
    private final Bridge bridge;
    private final long resources;
    private final AmgxSolver solver;
    private final Side plain = new Side();
    private final Side transposed = new Side();

    /** A system on the device and the matrix whose values it has. */
    private static final class Side {
        private NativeSystem system;
        private CsrMatrix matrix;

        void close() {
            NativeSystem last = system;
            system = null;
            if (last != null) {
                last.close();
            }
        }
    }

    Residence(Bridge bridge, long resources, AmgxSolver solver) {
        this.bridge = bridge;
        this.resources = resources;
        this.solver = solver;
    }

    /**
     * The system of a matrix.
     *
     * @param reuse what is kept of the set-up if other values are there
     * @param turned whether the matrix is the transpose of those that were prepared
     */
    NativeSystem holding(CsrMatrix matrix, Reuse reuse, boolean turned) {
        Side side = turned ? transposed : plain;
        if (side.system == null) {
            side.system = NativeSystem.of(bridge, resources, solver.parameters(), solver.precision(), matrix);
        } else if (side.matrix != matrix) {
            // Should this fail, no matrix is there, and no set-up to be kept.
            Reuse kept = side.matrix == null ? Reuse.REBUILD : reuse;
            side.matrix = null;
            side.system.replace(matrix, kept);
        }
        side.matrix = matrix;
        return side.system;
    }

    /** Logs what AmgX has printed. */
    void log() {
        bridge.log();
    }

    @Override
    public void close() {
        try {
            plain.close();
        } finally {
            transposed.close();
        }
    }
}
