// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.sparkjno.amg.aggregation.SmoothedAggregation;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.hierarchy.Level;
import org.sparkjno.amg.parallel.Team;

/** Products of many blocks, against two products one after the other. */
class GalerkinProductTest {
    private static final CsrMatrix MATRIX = Stencils.laplacian(150, 1, 0.3);
    private static final Level.Transfer TRANSFER = Hierarchy.of(MATRIX, SmoothedAggregation.standard())
            .levels()
            .get(0)
            .toCoarser()
            .orElseThrow();

    @Test
    void agreesWithTwoProducts() {
        CsrMatrix expected = TRANSFER.restriction().times(MATRIX.times(TRANSFER.interpolation()));
        CsrMatrix coarse = MATRIX.galerkin(TRANSFER.restriction(), TRANSFER.interpolation(), Team.serial());
        assertThat(coarse.pattern()).isEqualTo(expected.pattern());
        assertThat(coarse.values()).containsExactly(expected.values(), within(1e-13));
    }

    @Test
    void threadsAndKnownPatternsGiveEqualBits() {
        CsrMatrix coarse = MATRIX.galerkin(TRANSFER.restriction(), TRANSFER.interpolation(), Team.serial());
        CsrMatrix shared = MATRIX.galerkin(TRANSFER.restriction(), TRANSFER.interpolation(), Team.of(3));
        CsrMatrix refilled =
                MATRIX.galerkin(TRANSFER.restriction(), TRANSFER.interpolation(), coarse.pattern(), Team.of(2));
        assertThat(shared.pattern()).isEqualTo(coarse.pattern());
        assertThat(shared.values()).isEqualTo(coarse.values());
        assertThat(refilled.values()).isEqualTo(coarse.values());
    }
}
