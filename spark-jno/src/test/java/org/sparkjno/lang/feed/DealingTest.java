// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sparkjno.lang.expression.Axis;

class DealingTest {
    private static final Axis SAMPLES = new Axis(Axis.Kind.SAMPLES, "samples");
    private static final Axis POINTS = new Axis(Axis.Kind.POINTS, "interior");
    private static final Axis EDGE = new Axis(Axis.Kind.POINTS, "edge");
    private static final Axis NODES = new Axis(Axis.Kind.NODES, "quadrature");
    private static final Coupling FREE = new Coupling(Set.of(), Set.of(), Set.of());
    private static final Coupling MESH = new Coupling(Set.of(POINTS), Set.of(), Set.of());
    private static final Coupling OPERATOR = new Coupling(Set.of(POINTS), Set.of(POINTS), Set.of());

    private static String grid(int tasks, int samples, int points, Coupling coupling) {
        Share share = new Dealing(tasks, Map.of(SAMPLES, samples, POINTS, points), coupling).share(0);
        return share.sampleParts() + " x " + share.pointParts();
    }

    @Test
    void pointsThatNeedNobodyGoWhereLeastIsLeft() {
        assertThat(grid(4, 1, 100, FREE)).isEqualTo("1 x 4");
        assertThat(grid(4, 8, 3, FREE)).isEqualTo("4 x 1");
        assertThat(grid(4, 2, 2, FREE)).isEqualTo("2 x 2");
    }

    @Test
    void samplesGoFirstWherePointsBelongTogether() {
        assertThat(grid(4, 4, 1000, MESH)).isEqualTo("4 x 1");
        assertThat(grid(4, 3, 1000, MESH)).isEqualTo("1 x 4");
        assertThat(grid(3, 1, 1000, MESH)).isEqualTo("1 x 3");
    }

    @Test
    void operatorsBetweenFieldsShareSamplesAsFarAsTheyGo() {
        assertThat(grid(4, 5, 100, OPERATOR)).isEqualTo("4 x 1");
        assertThat(grid(4, 2, 100, OPERATOR)).isEqualTo("2 x 2");
        assertThat(grid(4, 3, 100, OPERATOR)).isEqualTo("3 x 1");
        Share last = new Dealing(4, Map.of(SAMPLES, 3, POINTS, 100), OPERATOR).share(3);
        assertThat(last.original()).isZero();
        assertThat(last.rows(SAMPLES, 3).length()).isEqualTo(1);
    }

    @Test
    void whatIsSmallOrNeededAsAWholeIsEverywhere() {
        Map<Axis, Integer> extents = Map.of(POINTS, 100, EDGE, 3, NODES, 50);
        Coupling crossed = new Coupling(Set.of(), Set.of(), Set.of(NODES));
        assertThat(new Dealing(4, extents, crossed).share(0).whole()).containsExactlyInAnyOrder(EDGE, NODES);
        assertThat(new Dealing(4, extents, FREE).share(0).parts(NODES)).isEqualTo(4);
    }

    @Test
    void tooLittleIsRefused() {
        Dealing dealing = new Dealing(3, Map.of(SAMPLES, 2), FREE);
        assertThatThrownBy(() -> dealing.share(0))
                .hasMessageContaining("A step of 2 samples and 1 points that may be divided is too little for 3 tasks");
        assertThat(dealing.shareOrAll(0)).isEqualTo(Share.ALL);
    }
}
