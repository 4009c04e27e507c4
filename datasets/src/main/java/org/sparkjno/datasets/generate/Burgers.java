// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.generate;

import java.util.List;
import java.util.Map;
import org.sparkjno.datasets.generate.BurgersFlow.Stretch;
import org.sparkjno.datasets.sample.Field;
import org.sparkjno.datasets.sample.PdeSample;
import org.sparkjno.datasets.sample.RegularGrid;

/**
 * Viscous flow on a circle: u_t + (u²/2)_x = ν u_xx on the periodic [0, 1], from u(·, 0) to u(·, 1); the initial state is a
 * Gaussian random field of covariance 625 (−Δ + 25)⁻².
 *
 * <p>Li et al., "Fourier neural operator for parametric partial differential equations", ICLR 2021, section 5.1.
 * Pseudo-spectral in double precision; halving every step, or using four times as many points, changes u(·, 1) by less
 * than 1e-8 of its norm.
 *
 * @param viscosity ν
 * @param points points kept, a power of two up to 1024; all resolutions sample one and the same trajectory
 */
public record Burgers(double viscosity, int points) implements Problem {
    private static final long serialVersionUID = 1L;

    static final String NAME = "burgers";

    /** Name of the field u(·, 0). */
    public static final String INITIAL = "initial";

    /** Name of the field u(·, 1). */
    public static final String FINAL = "final";

    /** Name of the parameter ν. */
    public static final String VISCOSITY = "viscosity";

    /** The finest resolution; initial states have its modes. */
    private static final int FINEST = 1024;

    /** Transform size of the flow: higher modes decay at once and leave no trace of 1e-8 in u(·, 1). */
    static final int SIMULATED = 256;

    private static final double GAMMA = 2;
    private static final double TAU = 5;
    private static final double SIGMA = 25;

    public Burgers {
        if (!(viscosity >= 0.01 && viscosity <= 10)) {
            throw new IllegalArgumentException("The viscosity must lie between 0.01 and 10, where the resolution is"
                    + " enough, but is " + viscosity + ".");
        }
        if (Integer.bitCount(points) != 1 || points < 8 || points > FINEST) {
            throw new IllegalArgumentException(
                    "The number of points must be a power of two from 8 to " + FINEST + ", but is " + points + ".");
        }
    }

    /** ν = 0.1 at 256 points. */
    public static Burgers standard() {
        return new Burgers(0.1, 256);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RegularGrid grid() {
        return RegularGrid.periodicUnit(1, points);
    }

    @Override
    public List<String> fieldNames() {
        return List.of(INITIAL, FINAL);
    }

    /** The time steps, short while the rough initial state smooths out; each cut into {@code refinement} parts. */
    static List<Stretch> schedule(int refinement) {
        return List.of(
                new Stretch(0.02, 60 * refinement),
                new Stretch(0.08, 60 * refinement),
                new Stretch(0.3, 120 * refinement),
                new Stretch(0.6, 160 * refinement));
    }

    @Override
    public Generator generator() {
        PeriodicField field = new PeriodicField(FINEST, GAMMA, TAU, SIGMA);
        BurgersFlow flow = new BurgersFlow(viscosity, SIMULATED, schedule(1));
        Fft fft = new Fft(FINEST);
        return seed -> {
            Spectrum initial = field.sample(seed);
            Spectrum last = flow.advance(initial);
            return new PdeSample(
                    seed,
                    grid(),
                    List.of(values(INITIAL, initial, fft), values(FINAL, last, fft)),
                    Map.of(VISCOSITY, viscosity));
        };
    }

    private Field values(String name, Spectrum spectrum, Fft fft) {
        double[] real = new double[FINEST];
        spectrum.evaluate(real, new double[FINEST], fft);
        return new Field(name, new int[] {FINEST}, real).subsample(FINEST / points);
    }
}
