// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.generate;

import java.util.Arrays;
import java.util.List;

/**
 * The periodic Burgers equation u_t + (u²/2)_x = ν u_xx on [0, 1], advanced in Fourier space: û' = −ν(2πk)² û − iπk (u²)^.
 *
 * <p>Modes |k| &lt; N/3 of an N-point transform are kept, so the square has no aliasing error (Orszag 1971). One instance
 * is used by one thread at a time: it owns its workspace.
 */
final class BurgersFlow {
    /**
     * A stretch of equal steps.
     *
     * @param duration time it covers
     * @param steps number of steps
     */
    record Stretch(double duration, int steps) {}

    private final int size;
    private final int modes;
    private final Fft fft;
    private final List<Stretch> schedule;
    private final EtdScheme[] schemes;
    private final double[] real;
    private final double[] imaginary;
    private final Spectrum v;
    private final Spectrum a;
    private final Spectrum b;
    private final Spectrum c;
    private final Spectrum nv;
    private final Spectrum na;
    private final Spectrum nb;
    private final Spectrum nc;

    /**
     * Prepares the flow.
     *
     * @param viscosity ν
     * @param size N, a power of two
     * @param schedule the steps to the end time
     */
    BurgersFlow(double viscosity, int size, List<Stretch> schedule) {
        this.size = size;
        this.schedule = List.copyOf(schedule);
        modes = (size - 1) / 3 + 1;
        fft = new Fft(size);
        double[] eigenvalues = new double[modes];
        for (int k = 0; k < modes; k++) {
            double wave = 2 * Math.PI * k;
            eigenvalues[k] = -viscosity * wave * wave;
        }
        schemes = schedule.stream()
                .map(stretch -> EtdScheme.of(stretch.duration() / stretch.steps(), eigenvalues))
                .toArray(EtdScheme[]::new);
        real = new double[size];
        imaginary = new double[size];
        v = new Spectrum(modes);
        a = new Spectrum(modes);
        b = new Spectrum(modes);
        c = new Spectrum(modes);
        nv = new Spectrum(modes);
        na = new Spectrum(modes);
        nb = new Spectrum(modes);
        nc = new Spectrum(modes);
    }

    /** The spectrum at the end time of the flow that starts with the given one (any number of modes). */
    Spectrum advance(Spectrum initial) {
        int kept = Math.min(modes, initial.modes());
        Arrays.fill(v.re(), 0);
        Arrays.fill(v.im(), 0);
        System.arraycopy(initial.re(), 0, v.re(), 0, kept);
        System.arraycopy(initial.im(), 0, v.im(), 0, kept);
        for (int s = 0; s < schemes.length; s++) {
            for (int step = 0; step < schedule.get(s).steps(); step++) {
                step(schemes[s]);
            }
        }
        return new Spectrum(v.re().clone(), v.im().clone());
    }

    private void step(EtdScheme scheme) {
        nonlinear(v, nv);
        halfStep(scheme, v, nv, a);
        nonlinear(a, na);
        halfStep(scheme, v, na, b);
        nonlinear(b, nb);
        for (int k = 0; k < modes; k++) {
            c.re()[k] = scheme.half()[k] * a.re()[k] + scheme.stage()[k] * (2 * nb.re()[k] - nv.re()[k]);
            c.im()[k] = scheme.half()[k] * a.im()[k] + scheme.stage()[k] * (2 * nb.im()[k] - nv.im()[k]);
        }
        nonlinear(c, nc);
        combine(scheme, v.re(), nv.re(), na.re(), nb.re(), nc.re());
        combine(scheme, v.im(), nv.im(), na.im(), nb.im(), nc.im());
    }

    private void halfStep(EtdScheme scheme, Spectrum from, Spectrum slope, Spectrum to) {
        for (int k = 0; k < modes; k++) {
            to.re()[k] = scheme.half()[k] * from.re()[k] + scheme.stage()[k] * slope.re()[k];
            to.im()[k] = scheme.half()[k] * from.im()[k] + scheme.stage()[k] * slope.im()[k];
        }
    }

    private void combine(EtdScheme s, double[] value, double[] n1, double[] n2, double[] n3, double[] n4) {
        for (int k = 0; k < modes; k++) {
            value[k] = s.full()[k] * value[k]
                    + s.first()[k] * n1[k]
                    + 2 * s.middle()[k] * (n2[k] + n3[k])
                    + s.last()[k] * n4[k];
        }
    }

    /** out = −iπk (u²)^. */
    private void nonlinear(Spectrum u, Spectrum out) {
        u.evaluate(real, imaginary, fft);
        for (int j = 0; j < size; j++) {
            real[j] *= real[j];
            imaginary[j] = 0;
        }
        fft.forward(real, imaginary);
        double scale = Math.PI / size;
        for (int k = 0; k < modes; k++) {
            out.re()[k] = scale * k * imaginary[k];
            out.im()[k] = -scale * k * real[k];
        }
    }
}
