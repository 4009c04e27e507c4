// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.indefinite;

import java.util.Optional;
import java.util.function.Function;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * Block back substitution with (K̂, F; 0, −Ŝ), where K̂⁻¹ approximates K⁻¹ and Ŝ the Schur complement B K⁻¹ F + C. Ŝ is the
 * least-squares commutator L (B D⁻¹ K D⁻¹ F)⁻¹ L with D = diag(K) and L = B D⁻¹ F where C = 0, and L + C else: good where K is a
 * mass matrix and where it is a stiffness matrix. Not symmetric, so it is for GMRES.
 *
 * <p>H. Elman, V. E. Howle, J. Shadid, R. Shuttleworth and R. Tuminaro, "Block preconditioners based on approximate
 * commutators", SIAM J. Sci. Comput. 27, 2006; M. Benzi, G. H. Golub and J. Liesen, "Numerical solution of saddle point
 * problems", Acta Numerica 14, 2005, section 10.
 */
public final class SaddlePointPreconditioner implements Preconditioner {
    private final SaddlePoint blocks;
    private final Preconditioner operator;
    private final Preconditioner schur;
    private final double[] inverseDiagonal;
    private final boolean commutes;
    private final boolean turned;
    private final Team team;

    private SaddlePointPreconditioner(
            SaddlePoint blocks, Preconditioner operator, Preconditioner schur, boolean turned, Team team) {
        this.blocks = blocks;
        this.operator = operator;
        this.schur = schur;
        this.turned = turned;
        this.team = team;
        inverseDiagonal = blocks.inverseDiagonal();
        commutes = blocks.isStrict();
    }

    /**
     * The preconditioner of a matrix.
     *
     * @param definite makes preconditioners of K and L, as one cycle of multigrid each
     * @return empty if no diagonal entry is positive, or all are
     */
    public static Optional<Preconditioner> of(CsrMatrix a, Function<CsrMatrix, Preconditioner> definite, Team team) {
        return SaddlePoint.of(a)
                .map(blocks -> new SaddlePointPreconditioner(
                        blocks,
                        definite.apply(blocks.operator()),
                        definite.apply(blocks.diagonalSchurComplement()),
                        false,
                        team));
    }

    @Override
    public Application begin(int width) {
        return new Substitution(width);
    }

    @Override
    public long bytes() {
        return operator.bytes() + schur.bytes();
    }

    /** Block forward substitution with the transposed blocks. */
    @Override
    public Preconditioner transposed() {
        SaddlePoint other = new SaddlePoint(
                blocks.fields(),
                blocks.constraints(),
                blocks.operator().transpose(),
                blocks.constraint().transpose(),
                blocks.force().transpose(),
                blocks.compliance().transpose());
        return new SaddlePointPreconditioner(other, operator.transposed(), schur.transposed(), !turned, team);
    }

    @Override
    public String toString() {
        return "block triangle with " + operator + " and " + schur;
    }

    private static double[] gather(double[] x, int[] rows, int width) {
        double[] part = new double[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(x, rows[i] * width, part, i * width, width);
        }
        return part;
    }

    private static void scatter(double[] part, int[] rows, double[] x, int width) {
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(part, i * width, x, rows[i] * width, width);
        }
    }

    /** One use, with its vectors. */
    private final class Substitution implements Application {
        private final int width;
        private final Application onFields;
        private final Application onConstraints;
        private final double[] field;
        private final double[] image;
        private final double[] secondImage;
        private final double[] multiplier;
        private final double[] solved;

        Substitution(int width) {
            this.width = width;
            onFields = operator.begin(width);
            onConstraints = schur.begin(width);
            field = new double[blocks.fields().length * width];
            image = new double[field.length];
            secondImage = new double[field.length];
            multiplier = new double[blocks.constraints().length * width];
            solved = new double[multiplier.length];
        }

        @Override
        public void apply(double[] r, double[] z) {
            double[] fields = gather(r, blocks.fields(), width);
            double[] constraints = gather(r, blocks.constraints(), width);
            if (turned) {
                onFields.apply(fields, field);
                blocks.constraint().multiply(field, solved, width, team);
                for (int i = 0; i < constraints.length; i++) {
                    constraints[i] -= solved[i];
                }
                solveSchur(constraints);
            } else {
                solveSchur(constraints);
                blocks.force().multiply(multiplier, image, width, team);
                for (int i = 0; i < fields.length; i++) {
                    fields[i] -= image[i];
                }
                onFields.apply(fields, field);
            }
            scatter(field, blocks.fields(), z, width);
            scatter(multiplier, blocks.constraints(), z, width);
        }

        /** multiplier = −Ŝ⁻¹ r. */
        private void solveSchur(double[] r) {
            onConstraints.apply(r, solved);
            if (commutes) {
                blocks.force().multiply(solved, image, width, team);
                scale(image);
                blocks.operator().multiply(image, secondImage, width, team);
                scale(secondImage);
                blocks.constraint().multiply(secondImage, multiplier, width, team);
                onConstraints.apply(multiplier, solved);
            }
            for (int i = 0; i < multiplier.length; i++) {
                multiplier[i] = -solved[i];
            }
        }

        private void scale(double[] x) {
            for (int i = 0; i < x.length; i++) {
                x[i] *= inverseDiagonal[i / width];
            }
        }
    }
}
