// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.amg.gallery.FiniteElements;
import org.sparkjno.amg.gallery.FiniteVolumes;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

class AggregatesTest {
    private static final Strength STRENGTH = new Strength(0.16);

    static Stream<Arguments> matrices() {
        return Stream.of(
                        Stencils.laplacian(80, 1, 1),
                        Stencils.laplacian(18, 1e-3, 1, 1),
                        Stencils.twentySevenPoint(12),
                        FiniteElements.rotatedAnisotropy(70, 1e-3, 0.6),
                        FiniteVolumes.chequerboard(18, 1e4),
                        FiniteVolumes.lognormal(70, 3, 4))
                .flatMap(a -> Arrays.stream(Aggregation.values()).map(kind -> Arguments.of(kind, a)));
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void everyStronglyCoupledNodeBelongsToAnAggregate(Aggregation kind, CsrMatrix a) {
        NodeCouplings couplings = STRENGTH.of(a, Team.serial());
        Aggregates aggregates = kind.of(couplings, Team.serial());
        for (int i = 0; i < a.rows(); i++) {
            if (hasStrongCoupling(couplings, i)) {
                assertThat(aggregates.owner()[i]).isBetween(0, aggregates.count() - 1);
            }
        }
        assertThat(aggregates.sizes()).doesNotContain(0);
        assertThat(aggregates.adopted(couplings).owner()).doesNotContain(Aggregates.ISOLATED);
    }

    private static boolean hasStrongCoupling(NodeCouplings couplings, int i) {
        for (int k = couplings.graph().rowStart()[i]; k < couplings.graph().rowStart()[i + 1]; k++) {
            if (couplings.strong()[k]) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void theNumberOfThreadsChangesNothing(Aggregation kind, CsrMatrix a) {
        Aggregates alone = kind.of(STRENGTH.of(a, Team.serial()), Team.serial());
        for (int threads : new int[] {2, 3, 7}) {
            Team team = Team.of(threads);
            Aggregates together = kind.of(STRENGTH.of(a, team), team);
            assertThat(together.owner()).isEqualTo(alone.owner());
            assertThat(together.count()).isEqualTo(alone.count());
        }
    }

    /** Each aggregate of an interior root holds all five points around it, so none are smaller on average. */
    @ParameterizedTest
    @EnumSource(Aggregation.class)
    void aggregatesHaveTheSizeOfNeighbourhoods(Aggregation kind) {
        CsrMatrix a = Stencils.laplacian(60, 1, 1);
        Aggregates aggregates = kind.of(STRENGTH.of(a, Team.serial()), Team.serial());
        assertThat((double) a.rows() / aggregates.count()).isBetween(4.0, 12.0);
    }

    @Test
    void aggregatesFollowTheStrongDirection() {
        int n = 30;
        NodeCouplings couplings = STRENGTH.of(Stencils.laplacian(n, 1, 1e-3), Team.serial());
        for (Aggregation kind : Aggregation.values()) {
            int[] owner = kind.of(couplings, Team.serial()).owner();
            for (int i = 0; i < owner.length; i++) {
                for (int j = 0; j < i; j++) {
                    assertThat(owner[i] == owner[j] && i % n != j % n).isFalse();
                }
            }
        }
    }

    @Test
    void nearlyDiagonalRowsStayAloneAndLooselyCoupledOnesAreAdopted() {
        // 0 - 1 strong; 2 depends on 1 by a coupling that is weak for 1; 3 is nearly diagonal.
        CsrMatrix a = new CsrAssembler(4, 4, 12)
                .add(0, 0, 100)
                .add(0, 1, -100)
                .add(1, 0, -100)
                .add(1, 1, 101.1)
                .add(1, 2, -1)
                .add(2, 1, -1)
                .add(2, 2, 1)
                .add(1, 3, -0.1)
                .add(3, 1, -0.1)
                .add(3, 3, 50)
                .assemble();
        NodeCouplings couplings = STRENGTH.of(a, Team.serial());
        for (Aggregation kind : Aggregation.values()) {
            Aggregates aggregates = kind.of(couplings, Team.serial());
            assertThat(aggregates.owner()).containsExactly(0, 0, Aggregates.ISOLATED, Aggregates.ISOLATED);
            assertThat(aggregates.adopted(couplings).owner()).containsExactly(0, 0, 0, Aggregates.ISOLATED);
        }
    }

    /** NodeCouplings that fall geometrically are all weak but the first; whoever has no neighbour to join founds anew. */
    @Test
    void chainsOfEverWeakerCouplingsAreTakenInWhole() {
        int n = 10;
        CsrAssembler chain = new CsrAssembler(n, n, 3 * n);
        double coupling = 1;
        for (int i = 0; i + 1 < n; i++, coupling *= 0.01) {
            chain.add(i, i, coupling)
                    .add(i + 1, i + 1, coupling)
                    .add(i, i + 1, -coupling)
                    .add(i + 1, i, -coupling);
        }
        NodeCouplings couplings = STRENGTH.of(chain.assemble(), Team.serial());
        Aggregates aggregates = GreedyAggregation.of(couplings);
        assertThat(aggregates.count()).isEqualTo(1);
        assertThat(aggregates.adopted(couplings).owner()).doesNotContain(Aggregates.ISOLATED);
    }

    @Test
    void smallAggregatesJoinLargerOnes() {
        CsrMatrix path = Stencils.laplacian(5, 1);
        NodeCouplings couplings = STRENGTH.of(path, Team.serial());
        Aggregates aggregates = new Aggregates(new int[] {0, 0, 0, 1, 1}, 2).ofAtLeast(3, couplings);
        assertThat(aggregates.count()).isEqualTo(1);
        assertThat(aggregates.owner()).containsExactly(0, 0, 0, 0, Aggregates.ISOLATED);
    }

    @Test
    void rootsAreThreeCouplingsApart() {
        int n = 40;
        NodeCouplings couplings = STRENGTH.of(Stencils.laplacian(n, 1, 1), Team.serial());
        int[] free = new int[n * n];
        Arrays.fill(free, Aggregates.ISOLATED);
        long[] ticket = IndependentAggregation.roots(couplings, free, Team.serial());
        for (int i = 0; i < ticket.length; i++) {
            boolean covered = false;
            for (int j = 0; j < ticket.length; j++) {
                int distance = Math.abs(i / n - j / n) + Math.abs(i % n - j % n);
                if (distance <= 2 && IndependentAggregation.Ticket.isRoot(ticket[j])) {
                    covered = true;
                    assertThat(i != j && IndependentAggregation.Ticket.isRoot(ticket[i]))
                            .isFalse();
                }
            }
            assertThat(covered).isTrue();
        }
    }
}
