// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.cycle;

/** The numbers that a cycle computes with. */
public enum Precision {
    /** Double precision. */
    DOUBLE,
    /**
     * Single precision, between residuals and corrections in double precision. It has to bring half the bytes from memory,
     * and what it loses is a ten-millionth of the correction, which the next iteration of the Krylov method makes up for.
     *
     * <p>Göddeke, Strzodka and Turek, "Performance and accuracy of hardware-oriented native-, emulated- and mixed-precision
     * solvers in FEM simulations", Int. J. Parallel Emergent Distrib. Syst. 22, 2007.
     */
    MIXED
}
