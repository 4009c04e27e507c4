// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.sample;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * The affine map of a field to zero mean and unit deviation, and back: x ↦ (x − mean) / (deviation + 1e-5).
 *
 * <p>Channel-wise it has one mean and one deviation for all points and so serves every resolution; point-wise it has one
 * pair per point and is tied to the grid of its samples. Li et al., "Fourier neural operator", ICLR 2021, use the latter.
 */
public final class UnitGaussian implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Keeps constant fields from being divided by zero. */
    private static final double EPSILON = 1e-5;

    private final double[] mean;
    private final double[] deviation;

    private UnitGaussian(double[] mean, double[] deviation) {
        this.mean = mean;
        this.deviation = deviation;
    }

    /**
     * The channel-wise normaliser of known statistics.
     *
     * @throws IllegalArgumentException if they are not finite or the deviation is negative
     */
    public static UnitGaussian channelWise(double mean, double deviation) {
        if (!Double.isFinite(mean) || !Double.isFinite(deviation) || deviation < 0) {
            throw new IllegalArgumentException(
                    "A mean of " + mean + " and a deviation of " + deviation + " cannot normalise a field.");
        }
        return new UnitGaussian(new double[] {mean}, new double[] {deviation});
    }

    /** The channel-wise normaliser of fields, merged in the order given. */
    public static UnitGaussian channelWise(List<Field> fields) {
        Moments moments = fields.stream().map(field -> Moments.of(field.data())).reduce(Moments.NONE, Moments::merge);
        return channelWise(moments.mean(), moments.deviation());
    }

    /**
     * The point-wise normaliser of fields of one shape, merged in the order given.
     *
     * @throws IllegalArgumentException if there is no field or the shapes differ
     */
    public static UnitGaussian pointWise(List<Field> fields) {
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("A point-wise normaliser needs at least one field.");
        }
        Field first = fields.get(0);
        Moments[] moments = new Moments[first.data().length];
        Arrays.fill(moments, Moments.NONE);
        for (Field field : fields) {
            if (!Arrays.equals(field.shape(), first.shape())) {
                throw new IllegalArgumentException(
                        "A point-wise normaliser needs fields of one shape, but has " + first + " and " + field + ".");
            }
            double[] data = field.data();
            for (int i = 0; i < data.length; i++) {
                moments[i] = moments[i].merge(new Moments(1, data[i], 0));
            }
        }
        return new UnitGaussian(
                Arrays.stream(moments).mapToDouble(Moments::mean).toArray(),
                Arrays.stream(moments).mapToDouble(Moments::deviation).toArray());
    }

    /** One value, or one per point. */
    public double[] mean() {
        return mean.clone();
    }

    /** One value, or one per point; the divisor is 1e-5 more. */
    public double[] deviation() {
        return deviation.clone();
    }

    /** The normalised field. */
    public Field encode(Field field) {
        checkPoints(field);
        double[] data = field.data();
        double[] encoded = new double[data.length];
        for (int i = 0; i < data.length; i++) {
            int k = mean.length == 1 ? 0 : i;
            encoded[i] = (data[i] - mean[k]) / (deviation[k] + EPSILON);
        }
        return new Field(field.name(), field.shape(), encoded);
    }

    /** The inverse of {@link #encode}. */
    public Field decode(Field field) {
        checkPoints(field);
        double[] data = field.data();
        double[] decoded = new double[data.length];
        for (int i = 0; i < data.length; i++) {
            int k = mean.length == 1 ? 0 : i;
            decoded[i] = data[i] * (deviation[k] + EPSILON) + mean[k];
        }
        return new Field(field.name(), field.shape(), decoded);
    }

    private void checkPoints(Field field) {
        if (mean.length != 1 && mean.length != field.data().length) {
            throw new IllegalArgumentException("The point-wise normaliser was made for " + mean.length
                    + " points and does not fit field " + field + "; normalise channel-wise to change resolution.");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UnitGaussian that
                && Arrays.equals(mean, that.mean)
                && Arrays.equals(deviation, that.deviation);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(mean) + Arrays.hashCode(deviation);
    }

    @Override
    public String toString() {
        return mean.length == 1
                ? "unit Gaussian of mean " + mean[0] + " and deviation " + deviation[0]
                : "point-wise unit Gaussian of " + mean.length + " points";
    }
}
