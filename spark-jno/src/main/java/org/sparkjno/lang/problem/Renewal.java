// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.random.RandomStream;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Source;
import org.sparkjno.lang.feed.Coupling;
import org.sparkjno.lang.feed.Feed;
import org.sparkjno.lang.feed.Reserve;
import org.sparkjno.lang.resample.Resampler;

/**
 * Chooses new points for a region. Each task computes its part of the residuals; then all of them have all, and choose the same
 * points.
 */
final class Renewal implements AutoCloseable {
    private final Resampling resampling;
    private final Tensors tensors;
    private final long seed;
    private final Reserve reserve;
    private final Program program;
    private final Slot result;

    /**
     * A renewal.
     *
     * @param graphs of the session
     * @param present points that there are
     */
    Renewal(
            Resampling resampling,
            Device device,
            Collective world,
            Tensors tensors,
            StepGraphs graphs,
            long seed,
            Points present) {
        this.resampling = resampling;
        this.tensors = tensors;
        this.seed = seed;
        this.result = new Slot.Result("residual along " + axis());
        if (resampling.rule().look() == Resampler.Look.NOWHERE) {
            this.reserve = null;
            this.program = null;
            return;
        }
        List<Expression> magnitude = List.of(resampling.magnitude());
        Set<Source> sources = Problem.sources(magnitude);
        this.reserve = new Reserve(
                sources, graphs.feed().precision(), seed, Map.of(axis(), examined(present, fresh(present, 0))));
        Feed feed = Feed.all(
                reserve, sources, Coupling.of(magnitude, graphs.problem().scheme()), world.size(), world.rank());
        this.program = new Program(device, tensors, graphs.whole(magnitude.get(0), feed, result));
    }

    Axis axis() {
        return resampling.region().axis();
    }

    boolean isDue(int done) {
        return done > 0 && done % resampling.every() == 0;
    }

    private RandomStream random(long step) {
        return new RandomStream(
                RandomStream.named(seed, "new points of " + axis().name()).bits(step));
    }

    /** New points as the region spreads them. */
    private Points fresh(Points present, long step) {
        int wanted = resampling.rule().candidates(present.count());
        RandomStream seeds = RandomStream.named(random(step).key(), "candidates");
        List<Points> drawn = new ArrayList<>();
        int count = 0;
        while (count < wanted) {
            Points more = resampling.region().cloud().draw(seeds.bits(drawn.size()));
            drawn.add(more);
            count += more.count();
        }
        return Reserve.first(drawn, wanted);
    }

    private Points examined(Points present, Points fresh) {
        return resampling.rule().look() == Resampler.Look.AT_PRESENT_POINTS ? present : fresh;
    }

    /** The points after so many steps, by the parameters as they are now. */
    Points renew(Points present, long step) {
        Points fresh = fresh(present, step);
        double[] residuals = {};
        if (program != null) {
            reserve.replace(axis(), examined(present, fresh));
            program.reload();
            program.load(0, 0);
            program.run();
            residuals = tensors.read(result);
        }
        return resampling
                .rule()
                .choose(
                        present,
                        fresh,
                        residuals,
                        RandomStream.named(random(step).key(), "choice"));
    }

    @Override
    public void close() {
        if (program != null) {
            program.close();
        }
    }
}
