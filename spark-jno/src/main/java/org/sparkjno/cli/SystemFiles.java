// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sparkjno.amg.format.MatrixFile;
import org.sparkjno.amg.format.StoredMatrix;
import org.sparkjno.amg.format.StoredVectors;
import org.sparkjno.amg.hierarchy.NearNullSpace;
import org.sparkjno.amg.krylov.LocalSpace;
import org.sparkjno.amg.nullspace.NullSpace;
import org.sparkjno.amg.nullspace.NullSpaces;
import org.sparkjno.amg.parallel.Team;

/**
 * A matrix of a file and the vectors of other files that belong to it. A complex matrix is its real form, and all vectors are
 * then complex, real where the file says nothing of imaginary parts.
 *
 * @param name of the file
 * @param stored the matrix, square
 */
record SystemFiles(Path name, StoredMatrix stored) {
    static SystemFiles read(Path file) throws IOException {
        StoredMatrix stored = MatrixFile.matrix(file);
        int size = stored.blockSize();
        if (stored.matrix().rows() != stored.matrix().columnCount()
                || stored.matrix().rows() == 0) {
            throw new IllegalArgumentException("The matrix in " + file + " is "
                    + stored.matrix().rows() / size + " x " + stored.matrix().columnCount() / size
                    + ", but a linear system needs a square one with at least one row.");
        }
        return new SystemFiles(file, stored);
    }

    /** Rows of the matrix as it stands in the file. */
    private int rows() {
        return stored.matrix().rows() / stored.blockSize();
    }

    /** The right-hand sides of a file, or one of ones. */
    StoredVectors rightHandSides(Path file) throws IOException {
        if (file == null) {
            double[] ones = new double[rows()];
            Arrays.fill(ones, 1);
            StoredVectors real = new StoredVectors(rows(), 1, ones, false);
            return stored.complex() ? real.toComplex() : real;
        }
        return vectors(file, "right-hand side");
    }

    private StoredVectors vectors(Path file, String what) throws IOException {
        StoredVectors vectors = MatrixFile.vectors(file);
        int components = vectors.complex() ? vectors.rows() / 2 : vectors.rows();
        if (components != rows() || vectors.width() == 0) {
            throw new IllegalArgumentException("The " + what + " in " + file + " is " + vectors + ", but the matrix in "
                    + name + " has " + rows() + " rows.");
        }
        if (vectors.complex() && !stored.complex()) {
            throw new IllegalArgumentException("The " + what + " in " + file + " is complex, but the matrix in " + name
                    + " is real; give real and imaginary parts as two columns.");
        }
        return stored.complex() ? vectors.toComplex() : vectors;
    }

    /** The declared null spaces, if there is a file of vectors. */
    Optional<NullSpaces> nullSpaces(Path right, Path left) throws IOException {
        if (right == null && left == null) {
            return Optional.empty();
        }
        boolean symmetric = stored.matrix().isSymmetric(1e-12);
        if (right == null || left == null && !symmetric) {
            throw new IllegalArgumentException(
                    "The matrix in " + name + " is not symmetric or only its left null space is"
                            + " given; give both by --nullspace and --left-nullspace.");
        }
        NullSpace spanned = spanned(right);
        return Optional.of(left == null ? NullSpaces.symmetric(spanned) : NullSpaces.of(spanned, spanned(left)));
    }

    private NullSpace spanned(Path file) throws IOException {
        StoredVectors vectors = vectors(file, "null space");
        List<double[]> basis = new ArrayList<>();
        for (int k = 0; k < vectors.width(); k++) {
            double[] vector = vectors.vector(k);
            basis.add(vector);
            if (stored.complex()) {
                basis.add(timesImaginaryUnit(vector));
            }
        }
        return NullSpace.spannedBy(new LocalSpace(stored.matrix().rows(), 1, Team.serial()), basis);
    }

    /** A complex null space contains i v with v, which as real vectors are independent. */
    private static double[] timesImaginaryUnit(double[] pairs) {
        double[] turned = new double[pairs.length];
        for (int i = 0; i < pairs.length; i += 2) {
            turned[i] = -pairs[i + 1];
            turned[i + 1] = pairs[i];
        }
        return turned;
    }

    /**
     * The rigid body motions of nodes.
     *
     * @param file coordinates, one row per node
     */
    RigidBody rigidBody(Path file) throws IOException {
        StoredVectors coordinates = MatrixFile.vectors(file);
        int dimensions = coordinates.width();
        if (coordinates.complex() || stored.complex()) {
            throw new IllegalArgumentException("Coordinates and the matrix of an elastic body are real, but "
                    + (coordinates.complex() ? file : name) + " is complex.");
        }
        NearNullSpace motions = NearNullSpace.rigidBodyModes(coordinates.values(), dimensions);
        if (motions.rows() != rows()) {
            throw new IllegalArgumentException(file + " holds " + coordinates.rows() + " nodes in " + dimensions
                    + " dimensions, which have " + motions.rows() + " displacements, but the matrix in " + name
                    + " has "
                    + rows() + " rows.");
        }
        return new RigidBody(motions, dimensions);
    }

    /**
     * What coordinates say of a matrix.
     *
     * @param motions rigid body motions
     * @param dimensions displacements per node
     */
    record RigidBody(NearNullSpace motions, int dimensions) {}
}
