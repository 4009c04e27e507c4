// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.hierarchy;

import java.util.Optional;

/** A way to find the next coarser level of a matrix. Immutable. */
@FunctionalInterface
public interface Coarsening {
    /** The next level, or empty if coarsening has stalled: too few unknowns would be saved. */
    Optional<CoarseLevel> coarsen(FineLevel fine);
}
