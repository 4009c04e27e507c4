// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.gallery;

import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;

/** Symmetric indefinite matrices of constrained problems. */
public final class SaddlePoints {
    private SaddlePoints() {}

    /**
     * Slow viscous flow through a square on a staggered grid, (νK, hBᵀ; hB, 0) scaled by h²: velocities across vertical faces,
     * then across horizontal ones, then pressures of the cells. Walls on three sides, a free outlet on the right, so that the
     * matrix is regular.
     *
     * <p>F. H. Harlow and J. E. Welch, "Numerical calculation of time-dependent viscous incompressible flow", Physics of Fluids
     * 8, 1965.
     *
     * @param cells per axis
     * @param viscosity ν, positive
     */
    public static CsrMatrix stokes(int cells, double viscosity) {
        int across = cells * cells;
        int along = cells * (cells - 1);
        int n = Math.addExact(Math.addExact(across, along), across);
        CsrAssembler assembler = new CsrAssembler(n, n, 7 * n);
        for (int x = 1; x <= cells; x++) {
            for (int y = 0; y < cells; y++) {
                int u = (x - 1) * cells + y;
                couple(assembler, u, x > 1 ? u - cells : -1, viscosity);
                if (x < cells) {
                    couple(assembler, u, u + cells, viscosity);
                }
                couple(assembler, u, y > 0 ? u - 1 : -1, (y > 0 ? 1 : 2) * viscosity);
                couple(assembler, u, y < cells - 1 ? u + 1 : -1, (y < cells - 1 ? 1 : 2) * viscosity);
            }
        }
        for (int x = 0; x < cells; x++) {
            for (int y = 1; y < cells; y++) {
                int v = across + x * (cells - 1) + y - 1;
                couple(assembler, v, y > 1 ? v - 1 : -1, viscosity);
                couple(assembler, v, y < cells - 1 ? v + 1 : -1, viscosity);
                couple(assembler, v, x > 0 ? v - (cells - 1) : -1, (x > 0 ? 1 : 2) * viscosity);
                if (x < cells - 1) {
                    couple(assembler, v, v + cells - 1, viscosity);
                }
            }
        }
        double h = 1.0 / cells;
        for (int x = 0; x < cells; x++) {
            for (int y = 0; y < cells; y++) {
                int p = across + along + x * cells + y;
                mirrored(assembler, p, x * cells + y, -h);
                mirrored(assembler, p, x > 0 ? (x - 1) * cells + y : -1, h);
                mirrored(assembler, p, y < cells - 1 ? across + x * (cells - 1) + y : -1, -h);
                mirrored(assembler, p, y > 0 ? across + x * (cells - 1) + y - 1 : -1, h);
            }
        }
        return assembler.assemble();
    }

    /** Adds one half of a coupling, to a wall where the neighbour is negative. */
    private static void couple(CsrAssembler assembler, int i, int neighbour, double weight) {
        assembler.add(i, i, weight);
        if (neighbour >= 0) {
            assembler.add(i, neighbour, -weight);
        }
    }

    private static void mirrored(CsrAssembler assembler, int i, int j, double value) {
        if (j >= 0) {
            assembler.add(i, j, value).add(j, i, value);
        }
    }
}
