// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.gallery;

import java.util.function.DoubleBinaryOperator;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * Convection-diffusion -epsilon Δu + v·∇u on the unit square: five points, first-order upwind differences, Dirichlet
 * boundaries eliminated, h = 1 / (points - 1), scaled by h². Nonsymmetric, with non-negative row sums.
 */
public final class Convection {
    private Convection() {}

    /** The wind blows along the diagonal with unit speed. */
    public static CsrMatrix diagonal(int points, double epsilon) {
        double speed = Math.sqrt(0.5);
        return matrix(points, epsilon, (x, y) -> speed, (x, y) -> speed);
    }

    /** The wind circles about the middle of the square: v = (4x(x - 1)(1 - 2y), -4y(y - 1)(1 - 2x)). */
    public static CsrMatrix recirculating(int points, double epsilon) {
        return matrix(
                points, epsilon, (x, y) -> 4 * x * (x - 1) * (1 - 2 * y), (x, y) -> -4 * y * (y - 1) * (1 - 2 * x));
    }

    /**
     * Any wind.
     *
     * @param points unknowns per axis, at least 2
     * @param epsilon diffusion, not negative
     * @param vx velocity along axis 0 at (x, y)
     * @param vy velocity along axis 1 at (x, y)
     */
    public static CsrMatrix matrix(int points, double epsilon, DoubleBinaryOperator vx, DoubleBinaryOperator vy) {
        if (points < 2) {
            throw new IllegalArgumentException("Convection needs at least 2 points per axis, but got " + points + ".");
        }
        Grid grid = Grid.cube(points, 2);
        double h = 1.0 / (points - 1);
        return grid.matrix((cell, neighbour, axis, side) -> {
            double x = grid.position(cell, 0) * h;
            double y = grid.position(cell, 1) * h;
            double outward = side * (axis == 0 ? vx : vy).applyAsDouble(x, y);
            return epsilon + h * Math.max(0, -outward);
        });
    }
}
