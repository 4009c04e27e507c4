// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.equation;

import org.sparkjno.lang.expression.Expression;

/**
 * Residuals of partial differential equations: left side minus right side, zero for a solution. Coefficients and sources are
 * expressions of any kind, numbers by {@link Expression#constant}; the coordinates in space come last.
 */
public final class Equations {
    private Equations() {}

    // Steady

    /** S. D. Poisson's equation, {@code −Δu − f}. */
    public static Expression poisson(Expression u, Expression f, Expression... x) {
        return u.laplacian(x).negate().minus(f);
    }

    /** H. von Helmholtz's equation, {@code Δu + k²·u − f}. */
    public static Expression helmholtz(Expression u, Expression k, Expression f, Expression... x) {
        return u.laplacian(x).plus(k.square().times(u)).minus(f);
    }

    /** Diffusion with a conductivity k that may vary in space, {@code −div(k·grad u) − f}. */
    public static Expression diffusion(Expression u, Expression k, Expression f, Expression... x) {
        Expression outflow = null;
        for (Expression xi : x) {
            Expression flux = k.times(u.d(xi)).d(xi);
            outflow = outflow == null ? flux : outflow.plus(flux);
        }
        return outflow.negate().minus(f);
    }

    /** The bending of plates, {@code Δ²u − f}. */
    public static Expression biharmonic(Expression u, Expression f, Expression... x) {
        return bilaplacian(u, x).minus(f);
    }

    // First order in time

    /** The heat equation with a diffusivity α that is constant in space, {@code u_t − α·Δu − f}. */
    public static Expression heat(Expression u, Expression alpha, Expression f, Expression t, Expression... x) {
        return u.d(t).minus(alpha.times(u.laplacian(x))).minus(f);
    }

    /**
     * Transport with a velocity, {@code u_t + v·grad u}.
     *
     * @param v a vector of as many components as there are coordinates, or a number for one
     */
    public static Expression advection(Expression u, Expression v, Expression t, Expression... x) {
        return u.d(t).plus(along(v, u, x));
    }

    /** J. M. Burgers's equation, {@code u_t + u·u_x − ν·u_xx}. */
    public static Expression burgers(Expression u, Expression nu, Expression t, Expression x) {
        return inviscidBurgers(u, t, x).minus(nu.times(u.d(x, x)));
    }

    /** Burgers's equation without viscosity, {@code u_t + u·u_x}. */
    public static Expression inviscidBurgers(Expression u, Expression t, Expression x) {
        return u.d(t).plus(u.times(u.d(x)));
    }

    /**
     * Transport, diffusion and reaction, {@code u_t + v·grad u − D·Δu − r}.
     *
     * @param v a vector of as many components as there are coordinates, or a number for one
     * @param d diffusivity, constant in space
     * @param r what reactions produce, an expression of u
     */
    public static Expression advectionDiffusionReaction(
            Expression u, Expression v, Expression d, Expression r, Expression t, Expression... x) {
        return advection(u, v, t, x).minus(d.times(u.laplacian(x))).minus(r);
    }

    /**
     * Phase separation without conservation, {@code u_t − ε²·Δu + u³ − u}: S. M. Allen, J. W. Cahn, Acta Metall. 27 (1979).
     *
     * @param epsilon width of interfaces
     */
    public static Expression allenCahn(Expression u, Expression epsilon, Expression t, Expression... x) {
        Expression diffusion = epsilon.square().times(u.laplacian(x));
        return u.d(t).minus(diffusion).plus(u.power(3)).minus(u);
    }

    /**
     * The spreading of a gene, {@code u_t − D·Δu − r·u·(1 − u)}: R. A. Fisher, Ann. Eugenics 7 (1937); A. N. Kolmogorov, I. G.
     * Petrovsky, N. S. Piskunov, Moscow Univ. Math. Bull. 1 (1937).
     */
    public static Expression fisherKpp(Expression u, Expression d, Expression r, Expression t, Expression... x) {
        return u.d(t).minus(d.times(u.laplacian(x))).minus(r.times(u).times(u.from(1)));
    }

    /**
     * Phase separation with conservation, {@code u_t − M·Δ(u³ − u − ε²·Δu)}: J. W. Cahn, J. E. Hilliard, J. Chem. Phys. 28 (1958).
     *
     * @param m mobility, constant in space
     * @param epsilon width of interfaces, constant in space
     */
    public static Expression cahnHilliard(
            Expression u, Expression m, Expression epsilon, Expression t, Expression... x) {
        Expression bulk = u.power(3).minus(u).laplacian(x);
        Expression gradient = epsilon.square().times(bilaplacian(u, x));
        return u.d(t).minus(m.times(bulk.minus(gradient)));
    }

    /**
     * Conservation of mass, {@code ρ_t + div(ρ·v)}.
     *
     * @param v a vector of as many components as there are coordinates
     */
    public static Expression continuity(Expression rho, Expression v, Expression t, Expression... x) {
        return rho.d(t).plus(v.times(rho).divergence(x));
    }

    // Second order in time, and systems

    /** Waves of speed c, {@code u_tt − c²·Δu − f}. */
    public static Expression wave(Expression u, Expression c, Expression f, Expression t, Expression... x) {
        return u.d(t, t).minus(c.square().times(u.laplacian(x))).minus(f);
    }

    /**
     * The equations of C.-L. Navier and G. G. Stokes for an incompressible fluid in the plane: {@code u_t + u·u_x + v·u_y + p_x/ρ −
     * ν·Δu}, the same for v, and {@code u_x + v_y}.
     *
     * @param u velocity along x
     * @param v velocity along y
     * @param p pressure
     * @param rho density
     * @param nu kinematic viscosity
     */
    public static IncompressibleFlow navierStokes2d(
            Expression u,
            Expression v,
            Expression p,
            Expression rho,
            Expression nu,
            Expression t,
            Expression x,
            Expression y) {
        IncompressibleFlow steady = steadyNavierStokes2d(u, v, p, rho, nu, x, y);
        return new IncompressibleFlow(
                u.d(t).plus(steady.momentumX()), v.d(t).plus(steady.momentumY()), steady.continuity());
    }

    /** {@link #navierStokes2d} of a flow that does not change in time. */
    public static IncompressibleFlow steadyNavierStokes2d(
            Expression u, Expression v, Expression p, Expression rho, Expression nu, Expression x, Expression y) {
        return new IncompressibleFlow(
                momentum(u, u, v, p.d(x), rho, nu, x, y),
                momentum(v, u, v, p.d(y), rho, nu, x, y),
                u.d(x).plus(v.d(y)));
    }

    private static Expression momentum(
            Expression w,
            Expression u,
            Expression v,
            Expression slope,
            Expression rho,
            Expression nu,
            Expression x,
            Expression y) {
        Expression transport = u.times(w.d(x)).plus(v.times(w.d(y)));
        return transport.plus(slope.div(rho)).minus(nu.times(w.laplacian(x, y)));
    }

    /**
     * Maxwell's equations in space, in SI units.
     *
     * @param e electric field, a vector of 3 components
     * @param h magnetic field, a vector of 3 components
     * @param epsilon permittivity
     * @param mu permeability
     * @param current density of the current, a vector of 3 components
     * @param charge density of the charge
     */
    public static Electromagnetism maxwell3d(
            Expression e,
            Expression h,
            Expression epsilon,
            Expression mu,
            Expression current,
            Expression charge,
            Expression t,
            Expression x,
            Expression y,
            Expression z) {
        return new Electromagnetism(
                h.d(t).times(mu).plus(e.curl(x, y, z)),
                e.d(t).times(epsilon).plus(current).minus(h.curl(x, y, z)),
                e.times(epsilon).divergence(x, y, z).minus(charge),
                h.times(mu).divergence(x, y, z));
    }

    /** {@code v·grad u}. */
    private static Expression along(Expression v, Expression u, Expression... x) {
        return v.space().components().rank() == 0 && x.length == 1 ? v.times(u.d(x[0])) : v.dot(u.grad(x));
    }

    /** {@code Σᵢⱼ ∂ᵢᵢⱼⱼ u}, as one operator and not as a Laplacian of a Laplacian. */
    private static Expression bilaplacian(Expression u, Expression... x) {
        Expression sum = null;
        for (Expression xi : x) {
            for (Expression xj : x) {
                Expression term = u.d(xi, xi, xj, xj);
                sum = sum == null ? term : sum.plus(term);
            }
        }
        return sum;
    }
}
