// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim.descent;

/**
 * The factors τ and φ of the self-scaled Broyden family H ← (H − ww/h + φvv)/τ + ss/(s·y): J. F. Urbán, P. Stefanou, J.
 * A. Pons, "Unveiling the optimization process of physics informed neural networks: how accurate and competitive can
 * PINNs be?", J. Comput. Phys. 523, 2025, 113656, equations 10 to 23, after M. Al-Baali, 1998.
 */
public enum SelfScaling {
    /** BFGS itself: τ = φ = 1. */
    NONE {
        @Override
        Factors factors(double b, double h, int size) {
            return new Factors(1, 1);
        }
    },
    /** Self-scaled BFGS: φ = 1, and τ = min(1, 1/b). */
    BFGS {
        @Override
        Factors factors(double b, double h, int size) {
            return new Factors(Math.min(1, 1 / b), 1);
        }
    },
    /** The self-scaled Broyden method, whose φ follows the curvature too. */
    BROYDEN {
        @Override
        Factors factors(double b, double h, int size) {
            double a = h * b - 1;
            if (!(a > Math.ulp(1.0))) {
                return BFGS.factors(b, h, size);
            }
            double c = Math.sqrt(a / (a + 1));
            double rho = Math.min(1, h * (1 - c));
            double theta = Math.max((rho - 1) / a, Math.min(1 / rho, (1 - b) / b));
            double sigma = 1 + theta * a;
            double root = size > 1 ? StrictMath.pow(Math.abs(sigma), 1.0 / (1 - size)) : 1;
            double plain = Math.min(1, 1 / b);
            double tau = theta > 0 ? plain * Math.min(root, 1 / theta) : Math.min(plain * root, sigma);
            return new Factors(tau, (1 - theta) / sigma);
        }

        @Override
        boolean isBfgs() {
            return false;
        }
    };

    /**
     * Factors of one update.
     *
     * @param tau τ, divides the old matrix
     * @param phi φ, 1 for BFGS and 0 for DFP
     */
    record Factors(double tau, double phi) {}

    /**
     * The factors of an update.
     *
     * @param b s·H⁻¹s/(s·y)
     * @param h y·Hy/(s·y)
     * @param size number of parameters
     */
    abstract Factors factors(double b, double h, int size);

    /** Whether φ is always 1; then the factors do not depend on h. */
    boolean isBfgs() {
        return true;
    }
}
