// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.examples;

/**
 * The solution of u_t + u·u_x = ν·u_xx with u(x, 0) = −sin πx by the transformation of Cole and Hopf: J. D. Cole, "On a quasi-linear
 * parabolic equation occurring in aerodynamics", 1951.
 */
final class BurgersSolution {
    private static final int NODES = 4000;
    private static final double REACH = 14;

    private BurgersSolution() {}

    static double at(double x, double t, double viscosity) {
        if (t == 0) {
            return -Math.sin(Math.PI * x);
        }
        double width = 2 * Math.sqrt(viscosity * t);
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i <= NODES; i++) {
            most = Math.max(most, exponent(x, width, i, viscosity));
        }
        double above = 0;
        double below = 0;
        for (int i = 0; i <= NODES; i++) {
            double weight = Math.exp(exponent(x, width, i, viscosity) - most);
            above -= Math.sin(Math.PI * (x - width * node(i))) * weight;
            below += weight;
        }
        return above / below;
    }

    private static double node(int i) {
        return REACH * (2.0 * i / NODES - 1);
    }

    private static double exponent(double x, double width, int i, double viscosity) {
        double z = node(i);
        return -z * z - Math.cos(Math.PI * (x - width * z)) / (2 * Math.PI * viscosity);
    }
}
