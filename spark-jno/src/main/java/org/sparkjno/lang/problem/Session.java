// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Callee;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.feed.Coupling;
import org.sparkjno.lang.feed.Feed;
import org.sparkjno.lang.feed.Numerals;
import org.sparkjno.lang.feed.Reserve;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Treatment;
import org.sparkjno.nn.Parameter;
import org.sparkjno.train.DivergenceException;

/** The training of a problem by one of several tasks: its tensors and its compiled graphs. */
final class Session implements AutoCloseable {
    private final Problem problem;
    private final Training training;
    private final Device device;
    private final Collective world;
    private final Tensors tensors;
    private final List<Group> groups;
    private final Turns turns;
    private final List<Printout> printouts;
    private final Reserve reserve;
    private Feed feed;
    private final List<Mover> movers = new ArrayList<>();
    private final History history;
    private final Journal journal;
    private final Keeping keeping;
    private final List<Renewal> renewals = new ArrayList<>();
    private Trackers trackers;
    private Stage balance;
    private int done;

    /**
     * A session before its first step.
     *
     * @param station where it computes
     * @param first numbers to begin with, by full names; others are drawn
     */
    Session(Problem problem, Training training, Station station, Map<String, Packed> first) {
        this.problem = problem;
        this.training = training;
        this.world = station.world();
        this.device = station.device().in(world);
        this.tensors = new Tensors(station.device());
        this.turns = problem.turns();
        this.printouts = Printout.of(problem.losses());
        try {
            this.groups = Group.of(problem.callees(), problem.treatment(), turns, training.precision());
            Admission.check(problem, training, groups);
            this.reserve = new Reserve(
                    Problem.sources(problem.expressions()), training.precision(), training.seed(), Map.of());
            this.journal = new Journal(training.saving(), world, station.files());
            this.keeping = new Keeping(problem, training, groups, tensors, reserve);
            Optional<Snapshot> earlier = journal.find(keeping::settings);
            Map<String, Packed> numbers = new LinkedHashMap<>(first);
            earlier.ifPresent(snapshot -> {
                keeping.resumePoints(snapshot);
                snapshot.numbers().forEach((name, tensor) -> numbers.put(name, Packed.of(tensor)));
            });
            makeRoom();
            begin(numbers);
            compile();
            this.done = earlier.map(snapshot -> snapshot.text().step()).orElse(0);
            this.history = new History(problem.entries(), Math.max(done, training.steps()));
            earlier.ifPresent(snapshot -> keeping.resume(snapshot, history, movers));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Makes places for points that will come, where steps take all points. */
    private void makeRoom() {
        for (Resampling resampling : problem.resamplings()) {
            if (resampling.rule().room() > 0 && training.batch().points() == 0) {
                reserve.makeRoom(resampling.region().axis(), resampling.rule().room());
            }
        }
    }

    /** Gives the parameters their first values. */
    private void begin(Map<String, Packed> first) {
        Map<String, ByteBuffer> all = new LinkedHashMap<>();
        List<ByteBuffer> vectors = new ArrayList<>();
        for (Group group : groups) {
            ByteBuffer vector = group.layout().initialise(training.seed());
            vectors.add(vector);
            all.putAll(group.layout().views(vector));
        }
        for (Group group : groups) {
            for (Parameter parameter : group.layout().parameters()) {
                String name = parameter.name();
                if (first.containsKey(name)) {
                    put(
                            name,
                            first.get(name).in(group.dtype()).bytes(),
                            all.get(name).duplicate());
                }
            }
        }
        for (Callee callee : problem.callees()) {
            if (callee instanceof Model model) {
                String scope = model.name() + ".";
                DType dtype = model.precision(training.precision());
                model.starts(name -> Numerals.read(all.get(scope + name), dtype))
                        .forEach((name, values) -> {
                            if (!first.containsKey(scope + name)) {
                                Numerals.write(values, all.get(scope + name), dtype);
                            }
                        });
            }
        }
        for (int i = 0; i < groups.size(); i++) {
            tensors.of(new Slot.Parameters(i), groups.get(i).layout().type()).write(vectors.get(i));
        }
    }

    private static void put(String name, byte[] from, ByteBuffer to) {
        if (from.length != to.remaining()) {
            throw new ExpressionException("The earlier run has " + from.length + " bytes for '" + name
                    + "', but the model needs " + to.remaining()
                    + "; begin with a run of a model of the same shape, or name this one otherwise.");
        }
        to.put(from);
    }

    private void compile() {
        feed = new Feed(
                reserve,
                Problem.sources(problem.losses()),
                training.batch(),
                Coupling.of(problem.losses(), problem.scheme()),
                world.size(),
                world.rank());
        StepGraphs graphs = new StepGraphs(problem, groups, feed);
        for (int turn = 0; turn < turns.list().size(); turn++) {
            movers.add(mover(graphs, turn));
        }
        if (graphs.looksApart()) {
            balance = new Stage(device, tensors, graphs.balance(), feed.parts());
        }
        List<Expression> tracked = problem.tracked();
        Feed all = Feed.all(
                reserve, Problem.sources(tracked), Coupling.of(tracked, problem.scheme()), world.size(), world.rank());
        trackers = new Trackers(device, tensors, graphs, all);
        for (Resampling resampling : problem.resamplings()) {
            Points present = reserve.points(resampling.region().axis());
            renewals.add(new Renewal(resampling, device, world, tensors, graphs, training.seed(), present));
        }
    }

    private Mover mover(StepGraphs graphs, int turn) {
        List<Integer> moved = graphs.moved(turn);
        Treatment treatment = groups.get(moved.get(0)).treatment();
        if (treatment instanceof Treatment.Descending descending) {
            int group = moved.get(0);
            return new DescentMover(
                    tensors,
                    new Stage(device, tensors, graphs.slope(turn, group), feed.parts()),
                    new Slot.Parameters(group),
                    descending.method(),
                    losses -> total(turn, losses, ones()));
        }
        return new StepMover(tensors, new Stage(device, tensors, graphs.update(turn), feed.parts()), groups, moved);
    }

    /** Does the steps that are left while somebody watches. */
    void run(StepListener listener) {
        Patience.Watch watch = new Patience.Watch(training.patience());
        boolean ended = false;
        for (int step = 0; step < done; step++) {
            ended = watch.endsWith(total(turns.at(step), history.each(step), ones()));
        }
        if (done == 0) {
            track(listener);
        }
        int saved = done;
        while (done < training.steps() && !ended) {
            renew();
            double sum = step(listener);
            ended = watch.endsWith(sum) || movers.stream().allMatch(Mover::isFinished);
            track(listener);
            if (journal.isDue(done)) {
                save(listener);
                saved = done;
            }
        }
        if (saved < done) {
            save(listener);
        }
    }

    private void save(StepListener listener) {
        journal.write(() -> keeping.snapshot(done, history, movers)).ifPresent(listener::afterCheckpoint);
    }

    /** Changes the points that are due, and compiles again if there are more or fewer of them. */
    private void renew() {
        boolean others = false;
        boolean more = false;
        for (Renewal renewal : renewals) {
            if (renewal.isDue(done)) {
                Points present = reserve.points(renewal.axis());
                Points next = renewal.renew(present, done);
                int before = reserve.available(renewal.axis());
                reserve.replace(renewal.axis(), next);
                others = true;
                more |= reserve.available(renewal.axis()) != before && isWhole(renewal.axis(), before);
            }
        }
        if (others) {
            movers.forEach(mover -> {
                mover.stage().reload();
                mover.forget();
            });
            trackers.reload();
            if (balance != null) {
                balance.reload();
            }
        }
        if (more) {
            List<Map<String, double[]>> memories =
                    movers.stream().map(Mover::memory).toList();
            release();
            compile();
            for (int turn = 0; turn < movers.size(); turn++) {
                movers.get(turn).resume(memories.get(turn));
            }
        }
    }

    /** Whether a compiled graph takes all points of a region. */
    private boolean isWhole(Axis axis, int count) {
        return feed.takesAll(axis, count)
                || Problem.sources(problem.tracked()).stream()
                        .anyMatch(source -> source.space().axes().contains(axis));
    }

    /** Does one step; gives the weighted sum of all losses, whatever their balance. */
    private double step(StepListener listener) {
        int turn = turns.at(done);
        Mover mover = movers.get(turn);
        long moves = turns.before(done, Set.of(turn));
        if (done > 0 && turns.at(done - 1L) != turn) {
            // Others have moved since its last step, so what it knows of the loss is of the past.
            mover.forget();
        }
        if (balance != null && done % problem.balance().every() == 0) {
            balance.load(done);
            balance.run();
        }
        mover.stage().load(done);
        double rate = mover.rate(moves);
        double[] losses = mover.step(moves);
        double[] factors = tensors.has(Slot.Balancing.WEIGHTS) ? tensors.read(Slot.Balancing.WEIGHTS) : ones();
        double total = total(turn, losses, factors);
        if (!Double.isFinite(total)) {
            throw new DivergenceException("The loss is " + total, done + 1, rate, null);
        }
        double sum = total(turn, losses, ones());
        mover.see(sum);
        history.add(total, losses, factors, rate);
        done++;
        listener.afterStep(done, total);
        print(listener);
        return sum;
    }

    private void print(StepListener listener) {
        if (world.rank() == 0 && !printouts.isEmpty()) {
            Printout.lines(printouts, done, tensors.read(Slot.Result.PRINTED)).forEach(listener::afterPrint);
        }
    }

    private double[] ones() {
        double[] ones = new double[problem.entries().size()];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** The weighted sum of the losses that a turn minimises. */
    private double total(int turn, double[] losses, double[] factors) {
        double total = 0;
        for (int i = 0; i < losses.length; i++) {
            Entry entry = problem.entries().get(i);
            if (turns.list().get(turn).minimises(entry.name())) {
                total += factors[i] * entry.weight() * losses[i];
            }
        }
        return total;
    }

    private void track(StepListener listener) {
        trackers.see(done).forEach((name, value) -> {
            history.track(name, done, value);
            listener.afterLook(name, done, value);
        });
    }

    History history() {
        return history;
    }

    /** The compiled step, that of the first turn if there are several. */
    StepGraph step() {
        return movers.get(0).stage().graph();
    }

    Feed feed() {
        return feed;
    }

    /** All numbers of the models as they are now, by full names. */
    Map<String, Packed> numbers() {
        Map<String, Packed> numbers = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            ByteBuffer vector = groups.get(i).layout().allocate();
            tensors.of(new Slot.Parameters(i)).read(vector);
            DType dtype = groups.get(i).dtype();
            groups.get(i).layout().views(vector).forEach((name, view) -> numbers.put(name, Packed.of(dtype, view)));
        }
        return numbers;
    }

    /** Gives back all that depends on how many points there are. */
    private void release() {
        movers.forEach(Mover::close);
        movers.clear();
        if (balance != null) {
            balance.close();
        }
        if (trackers != null) {
            trackers.close();
        }
        renewals.forEach(Renewal::close);
        renewals.clear();
        for (Slot slot : tensors.slots()) {
            if (slot instanceof Slot.Data) {
                tensors.forget(slot);
            }
        }
    }

    @Override
    public void close() {
        release();
        tensors.close();
    }
}
