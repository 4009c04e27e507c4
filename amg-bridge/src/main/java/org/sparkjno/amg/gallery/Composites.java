// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.gallery;

import java.util.Arrays;
import java.util.List;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;

/** Matrices made of others: domains that do not touch, and complex matrices in real form. */
public final class Composites {
    private Composites() {}

    /** The block diagonal matrix of several square ones: domains that know nothing of each other. */
    public static CsrMatrix disconnected(List<CsrMatrix> parts) {
        int rows = 0;
        int entries = 0;
        for (CsrMatrix part : parts) {
            rows = Math.addExact(rows, part.requireSquare().rows());
            entries = Math.addExact(entries, part.entries());
        }
        CsrAssembler assembler = new CsrAssembler(rows, rows, entries);
        int first = 0;
        for (CsrMatrix part : parts) {
            for (int i = 0; i < part.rows(); i++) {
                for (int k = part.rowStart()[i]; k < part.rowStart()[i + 1]; k++) {
                    assembler.add(first + i, first + part.columns()[k], part.values()[k]);
                }
            }
            first += part.rows();
        }
        return assembler.assemble();
    }

    /**
     * The real form of the complex matrix {@code real + i imaginary}: each entry a + ib becomes the 2 x 2 block
     * [[a, -b], [b, a]], so real and imaginary parts of an unknown are neighbours.
     *
     * @throws IllegalArgumentException if the two differ in size
     */
    public static CsrMatrix realForm(CsrMatrix real, CsrMatrix imaginary) {
        if (real.rows() != imaginary.rows() || real.columnCount() != imaginary.columnCount()) {
            throw new IllegalArgumentException(
                    "The real part is a " + real + ", but the imaginary part is a " + imaginary + ".");
        }
        CsrAssembler assembler = new CsrAssembler(
                2 * real.rows(), 2 * real.columnCount(), Math.multiplyExact(4, real.entries() + imaginary.entries()));
        for (int i = 0; i < real.rows(); i++) {
            for (int k = real.rowStart()[i]; k < real.rowStart()[i + 1]; k++) {
                assembler.addComplex(i, real.columns()[k], real.values()[k], 0);
            }
            for (int k = imaginary.rowStart()[i]; k < imaginary.rowStart()[i + 1]; k++) {
                assembler.addComplex(i, imaginary.columns()[k], 0, imaginary.values()[k]);
            }
        }
        return assembler.assemble();
    }

    /**
     * The real form of the damped Helmholtz operator -Δ - (k h)² (1 - i damping) on a square or cubic grid, scaled by h².
     *
     * @param points unknowns per axis
     * @param waveNumber k h, the phase per cell
     * @param damping with a positive one the matrix is never singular
     */
    public static CsrMatrix helmholtz(int points, int dimensions, double waveNumber, double damping) {
        double[] weights = new double[dimensions];
        Arrays.fill(weights, 1);
        CsrMatrix laplacian = Stencils.laplacian(points, weights);
        double square = waveNumber * waveNumber;
        return realForm(shifted(laplacian, 1, -square), shifted(laplacian, 0, square * damping));
    }

    /** factor A + shift I, where A stores its diagonal: with a negative shift of a Laplacian, waves without damping. */
    public static CsrMatrix shifted(CsrMatrix a, double factor, double shift) {
        double[] values = a.values().clone();
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                values[k] = factor * values[k] + (a.columns()[k] == i ? shift : 0);
            }
        }
        return CsrMatrix.of(a.pattern(), values);
    }
}
