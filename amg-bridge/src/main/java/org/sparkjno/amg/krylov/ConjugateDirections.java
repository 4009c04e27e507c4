// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import java.util.Arrays;
import java.util.List;
import org.sparkjno.amg.krylov.SolveReport.Status;

/** The recursion of conjugate gradients, all right-hand sides in lockstep with scalars of their own. */
final class ConjugateDirections implements KrylovIteration {
    private final PreconditionedSystem system;
    private final VectorSpace space;
    private final boolean flexible;
    private final double[] z;
    private final double[] p;
    private final double[] ap;

    /**
     * @param flexible whether beta is that of Polak and Ribière, (z, r − r₋)/(z₋, r₋), or that of Fletcher and Reeves,
     *     (z, r)/(z₋, r₋), equal for a fixed preconditioner
     */
    ConjugateDirections(PreconditionedSystem system, boolean flexible) {
        this.system = system;
        this.flexible = flexible;
        space = system.space();
        z = space.zeros();
        p = space.zeros();
        ap = space.zeros();
    }

    @Override
    public void run(double[] x, double[] r, ConvergenceMonitor monitor) {
        Arrays.fill(p, 0);
        Arrays.fill(ap, 0);
        double[] rzLast = space.scalars(1);
        double[] alphaLast = space.scalars(1);
        while (monitor.running()) {
            system.precondition(r, z);
            // r − r₋ = −alpha₋ A p₋: no older residual need be kept. In the first step p is zero and so is A p.
            double[][] products = space.dots(flexible ? List.of(r, ap) : List.of(r), z);
            double[] rz = products[0];
            requirePositive(rz, monitor);
            double[] before = rzLast;
            double[] step = alphaLast;
            space.xpby(
                    z, monitor.scalars(j -> flexible ? -step[j] * products[1][j] / before[j] : rz[j] / before[j]), p);
            system.multiply(p, ap);
            double[] energy = space.dot(p, ap);
            requirePositive(energy, monitor);
            double[] alpha = monitor.scalars(j -> rz[j] / energy[j]);
            space.axpy(alpha, p, x);
            space.axpy(monitor.scalars(j -> -alpha[j]), ap, r);
            rzLast = rz;
            alphaLast = alpha;
            if (monitor.running()) {
                monitor.advance(space.norm(r));
            }
        }
    }

    private static void requirePositive(double[] energy, ConvergenceMonitor monitor) {
        for (int j = 0; j < energy.length; j++) {
            if (!(energy[j] > 0)) {
                monitor.stop(j, Double.isNaN(energy[j]) ? Status.DIVERGED : Status.INDEFINITE);
            }
        }
    }
}
