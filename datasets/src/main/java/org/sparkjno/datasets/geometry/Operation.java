// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

/** How two regions combine. */
enum Operation {
    UNION {
        @Override
        double distance(double first, double second) {
            return Math.min(first, second);
        }

        @Override
        Bounds bounds(Bounds first, Bounds second) {
            return first.hull(second);
        }
    },
    DIFFERENCE {
        @Override
        double distance(double first, double second) {
            return Math.max(first, -second);
        }

        @Override
        Bounds bounds(Bounds first, Bounds second) {
            return first;
        }
    },
    INTERSECTION {
        @Override
        double distance(double first, double second) {
            return Math.max(first, second);
        }

        @Override
        Bounds bounds(Bounds first, Bounds second) {
            return first.overlap(second);
        }
    };

    /** The signed distance of the combination from those of its operands: its sign is right, its size a lower bound. */
    abstract double distance(double first, double second);

    /** A box around the combination. */
    abstract Bounds bounds(Bounds first, Bounds second);
}
