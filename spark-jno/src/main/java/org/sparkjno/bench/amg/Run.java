// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench.amg;

/**
 * One repetition of a race.
 *
 * @param setup seconds for what depends on the matrix alone
 * @param solve seconds for one right-hand side
 * @param iterations of the Krylov method
 * @param residual ‖b − Ax‖₂ / ‖b‖₂, computed from x when the clock had stopped
 */
record Run(double setup, double solve, int iterations, double residual) {
    double total() {
        return setup + solve;
    }
}
