// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sparkjno.datasets.format.StoredTensor;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.feed.Numerals;
import org.sparkjno.lang.feed.Reserve;
import org.sparkjno.nn.Parameter;
import org.sparkjno.nn.ParameterLayout;

/**
 * Makes snapshots of a session, and puts their parts back.
 *
 * @param problem what is trained
 * @param training how
 * @param groups its parameters
 * @param tensors of the session
 * @param reserve its data
 */
record Keeping(Problem problem, Training training, List<Group> groups, Tensors tensors, Reserve reserve) {
    private static final String HISTORY = "history";

    /** What decides the numbers of a run, for comparison. */
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("precision", training.precision().text());
        settings.put("seed", Long.toString(training.seed()));
        settings.put("batch of samples", Integer.toString(training.batch().samples()));
        settings.put("batch of points", Integer.toString(training.batch().points()));
        if (training.batch().parts() > 1) {
            settings.put(
                    "number of parts of a step",
                    Integer.toString(training.batch().parts()));
        }
        settings.put("balance", problem.balance().toString());
        settings.put("turns", problem.turns().list().toString());
        for (Entry entry : problem.entries()) {
            settings.put("weight of the loss " + entry.name(), Double.toString(entry.weight()));
        }
        for (Resampling resampling : problem.resamplings()) {
            settings.put(
                    "change of the points of " + resampling.region(),
                    resampling.rule() + " every " + resampling.every());
        }
        for (int i = 0; i < groups.size(); i++) {
            Group group = groups.get(i);
            settings.put(
                    "treatment of group " + i,
                    group.treatment() + " of " + group.layout().parameters().size() + " parameters with "
                            + group.layout().size() + " numbers");
        }
        return settings;
    }

    /** A snapshot after so many steps. */
    Snapshot snapshot(int done, History history, List<Mover> movers) {
        Map<String, StoredTensor> numbers = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            ParameterLayout layout = groups.get(i).layout();
            Map<String, ByteBuffer> views = layout.views(copy(tensors.of(new Slot.Parameters(i))));
            for (Parameter parameter : layout.parameters()) {
                numbers.put(parameter.name(), new StoredTensor(layout.type(parameter), views.get(parameter.name())));
            }
        }
        Map<String, StoredTensor> state = new TreeMap<>();
        for (Slot slot : tensors.slots()) {
            if (slot instanceof Slot.Moment || slot instanceof Slot.Balancing) {
                state.put(name(slot), new StoredTensor(tensors.of(slot).type(), copy(tensors.of(slot))));
            }
        }
        for (int turn = 0; turn < movers.size(); turn++) {
            for (Map.Entry<String, double[]> memory : movers.get(turn).memory().entrySet()) {
                state.put(memory(turn) + memory.getKey(), vector(memory.getValue()));
            }
        }
        for (Resampling resampling : problem.resamplings()) {
            Axis axis = resampling.region().axis();
            Points points = reserve.points(axis);
            state.put(points(axis) + "coordinates", vector(points.coordinates()));
            state.put(points(axis) + "normals", vector(points.normals()));
            state.put(points(axis) + "weights", vector(points.weights()));
        }
        double[][] rows = history.rows();
        state.put(
                HISTORY,
                vector(Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray()));
        return new Snapshot(Snapshot.Text.of(done, settings(), history.tracked()), numbers, state);
    }

    private static String name(Slot slot) {
        return slot instanceof Slot.Moment moment
                ? "optimiser." + moment.group() + "." + moment.name()
                : "balance." + slot.name();
    }

    private static String memory(int turn) {
        return "turn." + turn + ".";
    }

    private static String points(Axis axis) {
        return "points of " + axis + ".";
    }

    private static ByteBuffer copy(Buffer buffer) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(
                        Math.toIntExact(buffer.type().bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
        buffer.read(bytes);
        return bytes;
    }

    private static StoredTensor vector(double[] values) {
        return new StoredTensor(new TensorType(DType.F64, Shape.of(values.length)), Numerals.of(values, DType.F64));
    }

    private static double[] values(Snapshot snapshot, String name) {
        return Numerals.read(snapshot.state().get(name).bytes(), DType.F64);
    }

    /** Puts the points back. */
    void resumePoints(Snapshot snapshot) {
        for (Resampling resampling : problem.resamplings()) {
            Axis axis = resampling.region().axis();
            reserve.replace(
                    axis,
                    new Points(
                            resampling.region().cloud().dimensions(),
                            values(snapshot, points(axis) + "coordinates"),
                            values(snapshot, points(axis) + "normals"),
                            values(snapshot, points(axis) + "weights")));
        }
    }

    /** Puts the history, and what optimisers and the balance remember, back. */
    void resume(Snapshot snapshot, History history, List<Mover> movers) {
        for (Slot slot : tensors.slots()) {
            if (slot instanceof Slot.Moment || slot instanceof Slot.Balancing) {
                tensors.of(slot).write(snapshot.state().get(name(slot)).bytes());
            }
        }
        for (int turn = 0; turn < movers.size(); turn++) {
            String prefix = memory(turn);
            Map<String, double[]> memory = new LinkedHashMap<>();
            snapshot.state().forEach((name, tensor) -> {
                if (name.startsWith(prefix)) {
                    memory.put(name.substring(prefix.length()), Numerals.read(tensor.bytes(), DType.F64));
                }
            });
            movers.get(turn).resume(memory);
        }
        double[] rows = values(snapshot, HISTORY);
        int done = snapshot.text().step();
        int width = done == 0 ? 0 : rows.length / done;
        for (int step = 0; step < done; step++) {
            history.add(Arrays.copyOfRange(rows, step * width, (step + 1) * width));
        }
        snapshot.text()
                .tracked()
                .forEach((name, seen) -> seen.forEach((step, value) -> history.track(name, step, value)));
    }
}
