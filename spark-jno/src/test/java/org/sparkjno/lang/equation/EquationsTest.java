// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.equation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.sparkjno.lang.expression.Expression.constant;
import static org.sparkjno.lang.expression.Expression.vector;

import org.junit.jupiter.api.Test;
import org.sparkjno.lang.PointValues;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.expression.Expression;

/** Residuals of solutions known in closed form, at random points. */
class EquationsTest {
    private static final Domain DOMAIN =
            Domain.box(-1, -1, -1, 1, 1, 1).points(7).time(-1, 1);

    private final Expression x = DOMAIN.interior("x");
    private final Expression y = DOMAIN.interior("y");
    private final Expression z = DOMAIN.interior("z");
    private final Expression t = DOMAIN.interior("t");
    private final Expression zero = constant(0);
    private final Expression mode = x.sin().times(y.times(2).cos());

    private static void assertSolves(Expression residual) {
        for (double value : PointValues.of(residual)) {
            assertThat(value).isCloseTo(0, within(1e-12));
        }
    }

    @Test
    void steadyEquations() {
        assertSolves(Equations.poisson(mode, mode.times(5), x, y));
        assertSolves(Equations.helmholtz(mode, constant(3), mode.times(4), x, y));
        assertSolves(Equations.biharmonic(mode, mode.times(25), x, y));
        Expression k = x.square().plus(1);
        Expression slope = x.cos().times(y.times(2).cos());
        Expression f = k.times(mode).times(5).minus(x.times(slope).times(2));
        assertSolves(Equations.diffusion(mode, k, f, x, y));
    }

    @Test
    void decayTransportAndWaves() {
        assertSolves(Equations.heat(mode.times(t.times(-1.5).exp()), constant(0.3), zero, t, x, y));
        Expression moving = x.minus(t.times(2)).sin().times(y.plus(t).cos());
        assertSolves(Equations.advection(moving, vector(2, -1), t, x, y));
        assertSolves(Equations.advection(x.minus(t.times(2)).exp(), constant(2), t, x));
        assertSolves(Equations.wave(mode.times(t.times(2 * Math.sqrt(5)).cos()), constant(2), zero, t, x, y));
        Expression density = x.minus(t).sin().times(y.minus(t.times(2)).cos()).plus(2);
        assertSolves(Equations.continuity(density, vector(1, 2), t, x, y));
        Expression decaying = t.negate().exp().times(x.sin());
        Expression reaction =
                decaying.times(-0.9).plus(t.negate().exp().times(x.cos()).times(0.5));
        assertSolves(Equations.advectionDiffusionReaction(decaying, constant(0.5), constant(0.1), reaction, t, x));
    }

    @Test
    void travellingFronts() {
        double nu = 0.3;
        Expression shock =
                x.minus(t.times(0.7)).times(1.2 / (2 * nu)).tanh().times(-1.2).plus(0.7);
        assertSolves(Equations.burgers(shock, constant(nu), t, x));
        assertSolves(Equations.inviscidBurgers(x.div(t.plus(2)), t, x));
        double epsilon = 0.4;
        Expression phase = x.minus(t.times(3 * epsilon / Math.sqrt(2))).div(2 * Math.sqrt(2) * epsilon);
        assertSolves(Equations.allenCahn(phase.tanh().from(1).times(0.5), constant(epsilon), t, x));
        double d = 0.5;
        double r = 2;
        Expression exponent = x.times(Math.sqrt(r / (6 * d))).minus(t.times(5 * r / 6));
        assertSolves(Equations.fisherKpp(exponent.exp().plus(1).power(-2), constant(d), constant(r), t, x));
    }

    /** Against the residual of exp(−t)·cos x differentiated by hand. */
    @Test
    void phaseSeparationWithConservation() {
        Expression u = t.negate().exp().times(x.cos());
        Expression slope = t.negate().exp().times(x.sin()).negate();
        // Δu³ = 6 u u_x² + 3 u² u_xx, u_xx = −u, Δ²u = u.
        Expression bulk =
                u.times(slope.square()).times(6).minus(u.power(3).times(3)).plus(u);
        Expression expected = u.negate().minus(bulk.minus(u.times(0.04)).times(1.5));
        assertSolves(
                Equations.cahnHilliard(u, constant(1.5), constant(0.2), t, x).minus(expected));
    }

    /** G. I. Taylor, A. E. Green, 1937: decaying vortices. */
    @Test
    void incompressibleFlow() {
        double nu = 0.2;
        double rho = 1.3;
        Expression decay = t.times(-2 * nu).exp();
        Expression u = x.cos().times(y.sin()).times(decay);
        Expression v = x.sin().times(y.cos()).times(decay).negate();
        Expression p =
                x.times(2).cos().plus(y.times(2).cos()).times(decay.square()).times(-rho / 4);
        IncompressibleFlow flow = Equations.navierStokes2d(u, v, p, constant(rho), constant(nu), t, x, y);
        assertSolves(flow.momentumX());
        assertSolves(flow.momentumY());
        assertSolves(flow.continuity());
        assertSolves(flow.meanSquare());
    }

    /** A plane wave along (1, 2, 2). */
    @Test
    void electromagneticWaves() {
        double epsilon = 2;
        double mu = 0.5;
        Expression phase = x.plus(y.times(2)).plus(z.times(2)).minus(t.times(3 / Math.sqrt(epsilon * mu)));
        Expression amplitude = vector(2, 1, -2);
        Expression e = amplitude.times(phase.cos());
        Expression h = vector(1, 2, 2)
                .cross(amplitude)
                .div(3 * Math.sqrt(mu / epsilon))
                .times(phase.cos());
        Electromagnetism fields =
                Equations.maxwell3d(e, h, constant(epsilon), constant(mu), vector(0, 0, 0), zero, t, x, y, z);
        assertSolves(fields.faraday());
        assertSolves(fields.ampere());
        assertSolves(fields.gauss());
        assertSolves(fields.gaussMagnetic());
        assertSolves(fields.meanSquare());
    }

    @Test
    void misfitsAreNamed() {
        assertThatThrownBy(() -> Equations.advection(mode, vector(1, 2, 3), t, x, y))
                .hasMessageContaining("extents");
        assertThatThrownBy(() -> Equations.poisson(mode, zero, mode)).hasMessageContaining("taken by a coordinate");
    }
}
