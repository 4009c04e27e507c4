// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

/** A smooth piece of the boundary of a solid. */
sealed interface Surface extends Patch permits Face, SphereSurface, Cap, Mantle {
    @Override
    Surface flipped();

    @Override
    Surface tagged(String name);
}
