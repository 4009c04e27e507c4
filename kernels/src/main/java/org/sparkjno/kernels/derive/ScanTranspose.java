// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.Recurrence;
import org.sparkjno.kernels.graph.Segments;
import org.sparkjno.kernels.graph.Value;

/**
 * The transpose of a loop's linearisation: cotangents are carried from the last iteration to the first, those of the
 * constants are summed on the way. The carries at which an iteration is transposed come from a segment of the loop that
 * is run again from the nearest checkpoint, so that memory grows like the number of checkpoints plus the length of a
 * segment: two-level checkpointing, A. Griewank, A. Walther, "Evaluating Derivatives", 2nd ed., 2008, chapter 12.
 */
final class ScanTranspose {
    /** What the iterations before need: cotangents of the carries, then sums of those of the constants. */
    private record State(List<Value> bars, List<Value> sequences) {}

    private final LoopOp.Scan scan;
    private final List<Value> x;
    private final List<Value> constants;
    private final List<Integer> moving;
    private final List<Integer> movingCarries;
    private final List<Integer> movingSequences;
    private final List<Integer> movingConstants;
    private final List<Value> carryBars;
    /** Stacked outputs whose cotangents are given, and these. */
    private final List<Integer> outputs = new ArrayList<>();

    private final List<Value> outputBars = new ArrayList<>();
    /** One per moving carry; none if no checkpoint has a cotangent. */
    private final List<Value> checkpointBars = new ArrayList<>();

    /**
     * The transpose of a tangent.
     *
     * @param moving operands of the loop whose cotangents are wanted
     * @param arguments operands of the loop, then their directions
     * @param dy the cotangent of each result of the loop, null for zero
     */
    ScanTranspose(LoopOp.Scan scan, List<Integer> moving, List<Value> arguments, List<Value> dy) {
        this.scan = scan;
        this.x = arguments.subList(0, arguments.size() - moving.size());
        this.constants = x.subList(scan.carries() + scan.sequences(), x.size());
        this.moving = moving;
        this.movingCarries = moving.stream().filter(i -> i < scan.carries()).toList();
        this.movingSequences = moving.stream().filter(scan::isSequence).toList();
        this.movingConstants = moving.stream()
                .filter(i -> i >= scan.carries() + scan.sequences())
                .toList();
        this.carryBars = movingCarries.stream()
                .map(i -> dy.get(i) != null ? dy.get(i) : zero(x.get(i)))
                .toList();
        int count = scan.body().outputs().size();
        for (int i = scan.carries(); i < count; i++) {
            if (dy.get(i) != null) {
                outputs.add(i);
                outputBars.add(dy.get(i));
            }
        }
        if (scan.length() > 0 && dy.subList(count, dy.size()).stream().anyMatch(Objects::nonNull)) {
            for (int i : movingCarries) {
                Value given = dy.get(count + i);
                checkpointBars.add(given != null ? given : Value.full(scan.result(count + i), 0));
            }
        }
    }

    /** Cotangents of the arguments: null for the operands, then one per direction. */
    List<Value> cotangents() {
        List<Value> bars = new ArrayList<>(carryBars);
        movingConstants.forEach(constant -> bars.add(zero(x.get(constant))));
        State state = all(bars);
        List<Value> back = new ArrayList<>(Arrays.asList(new Value[x.size()]));
        int carries = movingCarries.size();
        back.addAll(state.bars.subList(0, carries));
        back.addAll(state.sequences);
        back.addAll(state.bars.subList(carries, state.bars.size()));
        return back;
    }

    private static Value zero(Value like) {
        return Value.full(like.type(), 0);
    }

    /** All iterations: the incomplete segment at the end, then the others. */
    private State all(List<Value> bars) {
        List<Value> sequences = x.subList(scan.carries(), scan.carries() + scan.sequences());
        int every = scan.every();
        if (scan.length() <= every) {
            State state = segment(scan.length(), x.subList(0, scan.carries()), sequences, outputBars, bars);
            return new State(
                    added(
                            state.bars,
                            checkpointBars.stream().map(Segments::only).toList()),
                    state.sequences);
        }
        Segments segments = new Segments(scan);
        List<Value> checkpoints = checkpoints();
        State rest = segments.rest() == 0 ? new State(bars, List.of()) : rest(segments, checkpoints, sequences, bars);
        List<List<Value>> parts = List.of(
                checkpoints.stream().map(segments::completeStarts).toList(),
                sequences.stream().map(segments::complete).toList(),
                outputBars.stream().map(segments::complete).toList(),
                checkpointBars.stream().map(segments::completeStarts).toList());
        Recurrence.Outcome run = otherWay(segments.complete(), rest.bars, parts, (b, slices) -> {
            State before = segment(every, slices.get(0), slices.get(1), slices.get(2), b);
            return new Recurrence.Step(added(before.bars, slices.get(3)), before.sequences);
        });
        List<Value> back = new ArrayList<>();
        for (int i = 0; i < movingSequences.size(); i++) {
            back.add(segments.join(run.stacked().get(i), rest.sequences.isEmpty() ? null : rest.sequences.get(i)));
        }
        return new State(run.carries(), back);
    }

    private State rest(Segments segments, List<Value> checkpoints, List<Value> sequences, List<Value> bars) {
        State state = segment(
                segments.rest(),
                checkpoints.stream().map(segments::restStart).toList(),
                sequences.stream().map(segments::rest).toList(),
                outputBars.stream().map(segments::rest).toList(),
                bars);
        return new State(
                added(
                        state.bars,
                        checkpointBars.stream().map(segments::restStart).toList()),
                state.sequences);
    }

    /** The carries at the start of each segment, from a run of the loop that keeps them. */
    private List<Value> checkpoints() {
        List<Value> all = LoopOp.results(Value.of(scan.keepingCheckpoints(), x));
        return all.subList(scan.body().outputs().size(), all.size());
    }

    /** Some iterations, from the carries at their start. */
    private State segment(
            int length, List<Value> starts, List<Value> sequences, List<Value> outputs, List<Value> bars) {
        if (length == 1) {
            Recurrence.Step step = iteration(
                    bars,
                    List.of(
                            starts,
                            sequences.stream().map(Segments::only).toList(),
                            outputs.stream().map(Segments::only).toList()));
            return new State(
                    step.carries(),
                    step.outputs().stream().map(Segments::stacked).toList());
        }
        Recurrence.Body again = (carries, slices) -> new Recurrence.Step(
                scan.body()
                        .call(Lists.concat(Lists.concat(carries, slices), constants))
                        .subList(0, scan.carries()),
                carries);
        List<Value> history = (scan.backwards()
                        ? Recurrence.scanBackwards(length, starts, sequences, again)
                        : Recurrence.scan(length, starts, sequences, again))
                .stacked();
        Recurrence.Outcome run = otherWay(length, bars, List.of(history, sequences, outputs), this::iteration);
        return new State(run.carries(), run.stacked());
    }

    /** One iteration, from the carries at its start, its slices and the cotangents of its outputs. */
    private Recurrence.Step iteration(List<Value> bars, List<List<Value>> slices) {
        Graph body = scan.body();
        List<Value> inputs = body.inputs();
        List<Integer> seeded = Lists.concat(movingCarries, outputs);
        List<Value> given = seeded.stream()
                .map(i -> Value.input("cotangent", body.outputs().get(i).type()))
                .toList();
        List<Value> pulled = Derivatives.vjp(Lists.at(body.outputs(), seeded), Lists.at(inputs, moving), given);
        Graph transposed = Graph.of(Lists.concat(inputs, given), pulled);
        int carries = movingCarries.size();
        List<Value> arguments = new ArrayList<>(slices.get(0));
        arguments.addAll(slices.get(1));
        arguments.addAll(constants);
        arguments.addAll(bars.subList(0, carries));
        arguments.addAll(slices.get(2));
        List<Value> back = transposed.call(arguments);
        int sequences = movingSequences.size();
        List<Value> next = new ArrayList<>(back.subList(0, carries));
        for (int i = 0; i < movingConstants.size(); i++) {
            next.add(bars.get(carries + i).plus(back.get(carries + sequences + i)));
        }
        return new Recurrence.Step(next, back.subList(carries, carries + sequences));
    }

    /** An iteration that gets its slices in groups. */
    @FunctionalInterface
    private interface Grouped {
        Recurrence.Step apply(List<Value> carries, List<List<Value>> slices);
    }

    /** A loop in the direction opposite to that of the loop that is transposed. */
    private Recurrence.Outcome otherWay(int length, List<Value> carries, List<List<Value>> groups, Grouped body) {
        List<Value> sequences = groups.stream().flatMap(List::stream).toList();
        Recurrence.Body regrouped = (state, slices) -> {
            List<List<Value>> parts = new ArrayList<>();
            int from = 0;
            for (List<Value> group : groups) {
                parts.add(slices.subList(from, from + group.size()));
                from += group.size();
            }
            return body.apply(state, parts);
        };
        return scan.backwards()
                ? Recurrence.scan(length, carries, sequences, regrouped)
                : Recurrence.scanBackwards(length, carries, sequences, regrouped);
    }

    /** Adds cotangents to the first states; there may be none of them. */
    private static List<Value> added(List<Value> bars, List<Value> cotangents) {
        return IntStream.range(0, bars.size())
                .mapToObj(i -> i < cotangents.size() ? bars.get(i).plus(cotangents.get(i)) : bars.get(i))
                .toList();
    }
}
