// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.hierarchy;

/**
 * What a coarsening makes of a level; the coarse operator itself is the Galerkin product.
 *
 * @param transfer interpolation and restriction
 * @param blockSize unknowns per node of the coarse level
 * @param nearNullSpace the near-null space on the coarse level
 */
public record CoarseLevel(Level.Transfer transfer, int blockSize, NearNullSpace nearNullSpace) {}
