// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.classical;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkjno.amg.gallery.Convection;
import org.sparkjno.amg.hierarchy.FineLevel;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.hierarchy.Level;
import org.sparkjno.amg.hierarchy.NearNullSpace;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.amg.smoother.GaussSeidel;

/** Upwind convection-diffusion, where interpolation and restriction come from a nonsymmetric matrix. */
class ConvectionTest {
    @ParameterizedTest
    @CsvSource({
        "diagonal, 1e-3, 6",
        "diagonal, 1e-6, 3",
        "recirculating, 1e-3, 11",
        "recirculating, 1e-5, 10",
        "recirculating, 1e-6, 10"
    })
    void converges(String wind, double epsilon, int most) {
        CsrMatrix a =
                wind.equals("diagonal") ? Convection.diagonal(256, epsilon) : Convection.recirculating(256, epsilon);
        // Coarsened until a few sweeps are a solver.
        Hierarchy hierarchy = Hierarchy.of(
                new FineLevel(a, 1, NearNullSpace.constants(a.rows(), 1), 0, Team.serial()),
                ClassicalCoarsening.standard(),
                new Hierarchy.Limits(20, 30));
        assertThat(stabilisedBiconjugateGradients(a, hierarchy, 1e-8)).isLessThanOrEqualTo(most);
    }

    /** Iterations of BiCGStab, right preconditioned by one V(1,1) cycle, until the true residual is met. */
    private static int stabilisedBiconjugateGradients(CsrMatrix a, Hierarchy hierarchy, double tolerance) {
        int n = a.rows();
        double[] r = new double[n];
        Arrays.fill(r, 1);
        double[] b = r.clone();
        double[] shadow = r.clone();
        double[] x = new double[n];
        double[] p = new double[n];
        double[] v = new double[n];
        double[] t = new double[n];
        double[] residual = r.clone();
        double rho = 1;
        double alpha = 1;
        double omega = 1;
        for (int iterations = 0; iterations < 100; iterations++) {
            if (dot(residual, residual) <= tolerance * tolerance * n) {
                return iterations;
            }
            double next = dot(shadow, r);
            double beta = next / rho * (alpha / omega);
            rho = next;
            for (int i = 0; i < n; i++) {
                p[i] = r[i] + beta * (p[i] - omega * v[i]);
            }
            double[] pHat = cycle(hierarchy, 0, p);
            a.multiply(pHat, v);
            alpha = rho / dot(shadow, v);
            add(-alpha, v, r);
            double[] sHat = cycle(hierarchy, 0, r);
            a.multiply(sHat, t);
            omega = dot(t, r) / dot(t, t);
            add(alpha, pHat, x);
            add(omega, sHat, x);
            add(-omega, t, r);
            a.residual(b, x, residual);
        }
        return Integer.MAX_VALUE;
    }

    private static double[] cycle(Hierarchy hierarchy, int depth, double[] b) {
        Level level = hierarchy.levels().get(depth);
        double[] x = new double[b.length];
        double[] r = new double[b.length];
        var sweeps = GaussSeidel.of(level.matrix(), 1, Team.serial()).begin(1);
        sweeps.before(b, x, r);
        if (level.toCoarser().isEmpty()) {
            for (int sweep = 0; sweep < 50; sweep++) {
                sweeps.after(b, x, r);
            }
            return x;
        }
        Level.Transfer transfer = level.toCoarser().get();
        double[] coarse = new double[transfer.restriction().rows()];
        transfer.restriction().multiply(r, coarse);
        transfer.interpolation().multiplyAdd(cycle(hierarchy, depth + 1, coarse), x, 1, Team.serial());
        sweeps.after(b, x, r);
        return x;
    }

    private static void add(double factor, double[] x, double[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] += factor * x[i];
        }
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
