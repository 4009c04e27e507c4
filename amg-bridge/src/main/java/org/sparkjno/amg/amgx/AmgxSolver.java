// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.amgx;

import java.util.Objects;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.solve.SparseSolver;

/**
 * Sparse solves by AmgX on a GPU. Matrices are uploaded and set up once; right-hand sides are solved one after the other, and
 * Aᵀ x = b with the uploaded transpose where A is not symmetric. Reports tell the true residual, computed here: where AmgX is
 * content too early it goes on from where it stopped.
 *
 * @param amgx the library
 * @param parameters of the outer solver and of what it is made of
 * @param precision how matrices are stored
 * @param device number of the GPU, as CUDA counts
 */
public record AmgxSolver(Amgx amgx, AmgxParameters parameters, AmgxPrecision precision, int device)
        implements SparseSolver {
    public AmgxSolver {
        Objects.requireNonNull(amgx, "amgx");
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(precision, "precision");
        if (device < 0) {
            throw new IllegalArgumentException("Devices count from 0, but device " + device + " was asked for.");
        }
    }

    /**
     * In double precision on the first device, by AmgX as it is installed.
     *
     * @throws AmgxException if AmgX is not there
     */
    public static AmgxSolver of(AmgxParameters parameters) {
        return new AmgxSolver(Amgx.installed(), parameters, AmgxPrecision.DOUBLE, 0);
    }

    /** The same with matrices in another precision. */
    public AmgxSolver in(AmgxPrecision other) {
        return new AmgxSolver(amgx, parameters, other, device);
    }

    /** The same on another device. */
    public AmgxSolver on(int other) {
        return new AmgxSolver(amgx, parameters, precision, other);
    }

    /**
     * Uploads a matrix and sets the solver up.
     *
     * @throws IllegalArgumentException if the matrix is not square or empty
     * @throws AmgxException if AmgX refuses configuration or matrix, or the device fails
     */
    @Override
    public AmgxSystem prepare(CsrMatrix matrix) {
        return AmgxSystem.of(this, matrix);
    }
}
