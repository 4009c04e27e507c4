// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench.amg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.bench.Scratch;

final class SparseRaceTest {
    /** Answers by what was recorded of an earlier race, then no more. */
    private record Recorded(String name, Queue<Run> runs) implements Entrant {
        static Recorded of(String name, Run... runs) {
            return new Recorded(name, new ArrayDeque<>(List.of(runs)));
        }

        @Override
        public Run once() throws IOException {
            if (runs.isEmpty()) {
                throw new IOException("out of memory");
            }
            return runs.remove();
        }

        @Override
        public void close() {}
    }

    private static Run run(double setup, double solve, double residual) {
        return new Run(setup, solve, 9, residual);
    }

    @Test
    void theFirstRepetitionIsNotTimed() throws Exception {
        Recorded ours = Recorded.of("ours", run(90, 90, 1), run(1, 2, 1e-9), run(2, 2, 3e-9), run(1, 4, 2e-9));
        Recorded peer = Recorded.of("peer", run(80, 80, 1), run(1, 1, 1e-9), run(1, 1, 1e-9), run(1, 7, 1e-9));
        SparseRace.Result result = SparseRace.run(ours, List.of(peer), 3);

        assertThat(result.ours().setup()).isEqualTo(1);
        assertThat(result.ours().solve()).isEqualTo(2);
        assertThat(result.ours().total()).isEqualTo(4);
        assertThat(result.ours().least()).isEqualTo(3);
        assertThat(result.ours().residual()).isEqualTo(3e-9);
        assertThat(result.ratioToBest()).hasValue(2);
        assertThat(result.ratioOfLeasts()).hasValue(1.5);
        assertThat(result.agrees()).isTrue();
    }

    @Test
    void aPeerThatEndsDropsOut() throws Exception {
        Recorded ours = Recorded.of("ours", run(1, 1, 1e-9), run(1, 1, 1e-9), run(1, 1, 1e-9));
        Recorded peer = Recorded.of("peer", run(1, 1, 1e-9), run(1, 1, 1e-9));
        SparseRace.Result result = SparseRace.run(ours, List.of(peer), 2);

        assertThat(result.peers()).isEmpty();
        assertThat(result.ratioToBest()).isEmpty();
        assertThat(result.failures()).containsEntry("peer", "out of memory");
    }

    @Test
    void whoStopsEarlyDidNotDoTheSameWork() throws Exception {
        Recorded ours = Recorded.of("ours", run(1, 1, 1e-9), run(1, 1, 1e-9));
        Recorded peer = Recorded.of("peer", run(1, 1, 1e-6), run(1, 1, 1e-6));

        assertThat(SparseRace.run(ours, List.of(peer), 1).agrees()).isFalse();
    }

    @Test
    void oursSolvesTheSystem() {
        try (Ours ours = new Ours(Stencils.laplacian(12, 1, 1, 1), 1)) {
            assertThat(ours.once().residual()).isLessThanOrEqualTo(1e-8);
        }
    }

    @Test
    void aProgramThatCannotBeCompiledSaysWhyInOneSentence() throws Exception {
        try (Scratch scratch = Scratch.create()) {
            NativeProgram amgcl = NativeProgram.amgcl(Optional.of(Path.of("/no/such/folder")));
            NativeProgram uncompiled = new NativeProgram(
                    amgcl.library(), amgcl.source(), List.of("no-such-compiler"), amgcl.linked(), amgcl.remedy());

            assertThatThrownBy(() -> uncompiled.compile(scratch))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no-such-compiler")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void everyTrialOfTheQuickGalleryReachesItsBar() {
        List<Trial.Result> results =
                Trials.all(Extent.QUICK).stream().map(Trial::run).toList();

        assertThat(results)
                .allSatisfy(result ->
                        assertThat(result.reached()).as(result.toString()).isTrue());
        assertThat(Growth.of(results))
                .singleElement()
                .satisfies(step -> assertThat(step.reached()).isTrue());
    }

    @Test
    void aBarHoldsForIterationsAndComplexityTogether() {
        Bar bar = new Bar(14, 1.7);

        assertThat(bar.reached(14, 1.7)).isTrue();
        assertThat(bar.reached(15, 1.2)).isFalse();
        assertThat(bar.reached(9, 2.2)).isFalse();
        assertThat(bar).hasToString("14 at 1.7");
        assertThat(Bar.of(20)).hasToString("20");
    }
}
