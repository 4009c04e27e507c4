// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

/** How two values of different ranks become one. Both choices are commutative bit for bit, apart from the payload of a NaN. */
public enum Reduction {
    /** IEEE addition, rounded to the element type after each term. */
    SUM {
        @Override
        void combine(float[] left, float[] right, int count) {
            for (int i = 0; i < count; i++) {
                left[i] += right[i];
            }
        }

        @Override
        void combine(double[] left, double[] right, int count) {
            for (int i = 0; i < count; i++) {
                left[i] += right[i];
            }
        }
    },
    /** The larger value; NaN if either is NaN, so one rank's NaN is seen by all. */
    MAX {
        @Override
        void combine(float[] left, float[] right, int count) {
            for (int i = 0; i < count; i++) {
                left[i] = Math.max(left[i], right[i]);
            }
        }

        @Override
        void combine(double[] left, double[] right, int count) {
            for (int i = 0; i < count; i++) {
                left[i] = Math.max(left[i], right[i]);
            }
        }
    };

    abstract void combine(float[] left, float[] right, int count);

    abstract void combine(double[] left, double[] right, int count);
}
