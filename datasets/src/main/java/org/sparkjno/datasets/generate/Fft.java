// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.generate;

/**
 * The complex discrete Fourier transform of a power of two, in place on separate real and imaginary parts: forward
 * X_k = Σ x_j e^(−2πijk/N).
 *
 * <p>Cooley and Tukey 1965, decimation in time after bit reversal. Twiddle factors come from {@link StrictMath}, so the
 * same input gives the same bits on every machine.
 */
final class Fft {
    private final int size;
    private final double[] cosine;
    private final double[] sine;

    Fft(int size) {
        if (Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("The transform needs a power of two, but the size is " + size + ".");
        }
        this.size = size;
        cosine = new double[Math.max(1, size / 2)];
        sine = new double[Math.max(1, size / 2)];
        for (int k = 0; k < size / 2; k++) {
            double angle = 2 * Math.PI * k / size;
            cosine[k] = StrictMath.cos(angle);
            sine[k] = StrictMath.sin(angle);
        }
    }

    void forward(double[] real, double[] imaginary) {
        reverseBits(real, imaginary);
        for (int half = 1; half < size; half *= 2) {
            butterflies(real, imaginary, half);
        }
    }

    /** The inverse transform without its factor 1/N: swapping the parts conjugates both sides of the forward one. */
    void inverseUnscaled(double[] real, double[] imaginary) {
        forward(imaginary, real);
    }

    private void butterflies(double[] real, double[] imaginary, int half) {
        int stride = size / (2 * half);
        for (int block = 0; block < size; block += 2 * half) {
            for (int j = 0; j < half; j++) {
                int upper = block + j;
                int lower = upper + half;
                double c = cosine[j * stride];
                double s = sine[j * stride];
                double re = real[lower] * c + imaginary[lower] * s;
                double im = imaginary[lower] * c - real[lower] * s;
                real[lower] = real[upper] - re;
                imaginary[lower] = imaginary[upper] - im;
                real[upper] += re;
                imaginary[upper] += im;
            }
        }
    }

    private void reverseBits(double[] real, double[] imaginary) {
        int shift = Integer.numberOfLeadingZeros(size) + 1;
        for (int i = 1; i < size - 1; i++) {
            int j = Integer.reverse(i) >>> shift;
            if (j > i) {
                double re = real[i];
                real[i] = real[j];
                real[j] = re;
                double im = imaginary[i];
                imaginary[i] = imaginary[j];
                imaginary[j] = im;
            }
        }
    }
}
