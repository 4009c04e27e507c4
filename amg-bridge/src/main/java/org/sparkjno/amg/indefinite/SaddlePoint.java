// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.indefinite;

import java.util.Arrays;
import java.util.Optional;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * A matrix in the blocks (K, F; B, −C) of fields, whose diagonal entries are positive, and constraints, whose are not.
 *
 * @param fields rows of the fields
 * @param constraints rows of the constraints
 * @param operator K
 * @param force F, what constraints do to fields: Bᵀ where the matrix is symmetric
 * @param constraint B, what constraints ask of fields
 * @param compliance C
 */
record SaddlePoint(
        int[] fields,
        int[] constraints,
        CsrMatrix operator,
        CsrMatrix force,
        CsrMatrix constraint,
        CsrMatrix compliance) {
    /** The blocks of a matrix, or empty if it has but one. */
    static Optional<SaddlePoint> of(CsrMatrix a) {
        double[] diagonal = a.diagonal();
        int[] number = new int[a.rows()];
        int count = 0;
        for (int i = 0; i < number.length; i++) {
            number[i] = diagonal[i] > 0 ? count++ : -1;
        }
        int[] fields = new int[count];
        int[] constraints = new int[number.length - count];
        int others = 0;
        for (int i = 0; i < number.length; i++) {
            if (number[i] >= 0) {
                fields[number[i]] = i;
            } else {
                constraints[others] = i;
                number[i] = -1 - others++;
            }
        }
        if (fields.length == 0 || constraints.length == 0) {
            return Optional.empty();
        }
        return Optional.of(new SaddlePoint(
                fields,
                constraints,
                block(a, fields, fields.length, number, true, 1),
                block(a, fields, constraints.length, number, false, 1),
                block(a, constraints, fields.length, number, true, 1),
                block(a, constraints, constraints.length, number, false, -1)));
    }

    /** The entries of some rows in the columns of fields, or of constraints. */
    private static CsrMatrix block(
            CsrMatrix a, int[] rows, int columns, int[] number, boolean ofFields, double factor) {
        CsrAssembler assembler = new CsrAssembler(rows.length, columns, 5 * rows.length);
        for (int i = 0; i < rows.length; i++) {
            for (int k = a.rowStart()[rows[i]]; k < a.rowStart()[rows[i] + 1]; k++) {
                int j = number[a.columns()[k]];
                if (j >= 0 == ofFields) {
                    assembler.add(i, ofFields ? j : -1 - j, factor * a.values()[k]);
                }
            }
        }
        return assembler.assemble();
    }

    /** Whether constraints hold strictly: C = 0. */
    boolean isStrict() {
        return Arrays.stream(compliance.values()).allMatch(v -> v == 0);
    }

    /** 1 / diag(K). */
    double[] inverseDiagonal() {
        return Arrays.stream(operator.diagonal()).map(d -> 1 / d).toArray();
    }

    /** B diag(K)⁻¹ F + C: the Schur complement if K were diagonal. */
    CsrMatrix diagonalSchurComplement() {
        double[] inverse = inverseDiagonal();
        double[] values = force.values().clone();
        for (int i = 0; i < force.rows(); i++) {
            for (int k = force.rowStart()[i]; k < force.rowStart()[i + 1]; k++) {
                values[k] *= inverse[i];
            }
        }
        CsrMatrix product = constraint.times(CsrMatrix.of(force.pattern(), values));
        CsrAssembler sum =
                new CsrAssembler(product.rows(), product.columnCount(), product.entries() + compliance.entries());
        for (CsrMatrix part : new CsrMatrix[] {product, compliance}) {
            for (int i = 0; i < part.rows(); i++) {
                for (int k = part.rowStart()[i]; k < part.rowStart()[i + 1]; k++) {
                    sum.add(i, part.columns()[k], part.values()[k]);
                }
            }
        }
        return sum.assemble();
    }
}
