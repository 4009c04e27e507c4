// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.random.RandomStream;
import org.sparkjno.lang.expression.Source;
import org.sparkjno.optim.Schedule;
import org.sparkjno.optim.UpdateRule;
import org.sparkjno.train.DivergenceException;

/** The training of a problem by one of several tasks: its memory and its compiled step. */
final class Session implements AutoCloseable {
    private final Problem problem;
    private final Training training;
    private final Memory memory;
    private final Feed feed;
    private final List<Group> groups;
    private final StepGraph step;
    private final Invocation invocation;
    private final List<Buffer> parameters = new ArrayList<>();
    private final List<Moved> moved = new ArrayList<>();
    private final Map<Source, Buffer> varying = new LinkedHashMap<>();
    private final Buffer losses;
    private final History history;
    private Buffer key;
    private int done;

    /** How one group of parameters is moved. */
    private record Moved(UpdateRule rule, Schedule schedule, Buffer settings) {}

    Session(Problem problem, Training training, Device device, Collective world, Map<String, ByteBuffer> first) {
        this.problem = problem;
        this.training = training;
        this.memory = new Memory(device);
        try {
            this.groups = Group.of(problem.callees(), problem.treatment(), training.precision());
            this.feed = new Feed(
                    Problem.sources(problem.losses()),
                    training.precision(),
                    training.seed(),
                    new Feed.Batch(training.batch(), training.points()),
                    Problem.wholeAxes(problem.losses(), problem.scheme()),
                    world.size(),
                    world.rank());
            this.step = StepGraph.of(problem, groups, feed);
            List<Buffer> inputs = new ArrayList<>();
            for (Value input : step.graph().inputs()) {
                inputs.add(memory.allocate(input.type()));
            }
            assign(inputs, first);
            List<Buffer> outputs = new ArrayList<>(inputs.subList(0, step.updated()));
            this.losses =
                    memory.allocate(step.graph().outputs().get(step.updated()).type());
            outputs.add(losses);
            Map<Integer, Integer> inPlace = new HashMap<>();
            for (int i = 0; i < step.updated(); i++) {
                inPlace.put(i, i);
            }
            Executable executable = device.in(world).compile(step.graph(), new InPlace(inPlace));
            memory.own(executable::close);
            this.invocation = executable.bind(inputs, outputs);
            memory.own(invocation::close);
            this.history = new History(problem.entries(), training.steps());
        } catch (RuntimeException e) {
            memory.close();
            throw e;
        }
    }

    /** Tells the inputs apart and gives them their first values. */
    private void assign(List<Buffer> inputs, Map<String, ByteBuffer> first) {
        List<Group> trained =
                groups.stream().filter(group -> group.trained().isPresent()).toList();
        int at = step.updated();
        Map<Group, Buffer> buffers = new LinkedHashMap<>();
        for (int i = 0; i < trained.size(); i++) {
            buffers.put(trained.get(i), inputs.get(i));
        }
        for (Group group : groups) {
            if (group.trained().isEmpty()) {
                buffers.put(group, inputs.get(at));
                at++;
            }
        }
        for (Group group : groups) {
            ByteBuffer numbers = group.layout().initialise(training.seed());
            group.layout().views(numbers).forEach((name, view) -> {
                if (first.containsKey(name)) {
                    view.put(first.get(name).duplicate());
                }
            });
            buffers.get(group).write(numbers);
            parameters.add(buffers.get(group));
        }
        for (Group group : trained) {
            moved.add(new Moved(
                    group.rule().orElseThrow(), group.trained().orElseThrow().schedule(), inputs.get(at)));
            at++;
        }
        for (Source source : step.sources()) {
            Buffer buffer = inputs.get(at);
            feed.load(source, 0, buffer);
            if (feed.varies(source)) {
                varying.put(source, buffer);
            }
            at++;
        }
        if (step.takesKey()) {
            key = inputs.get(at);
        }
    }

    /** Does the steps that are left. */
    void run(StepListener listener) {
        double[] each = new double[problem.entries().size()];
        while (done < training.steps()) {
            varying.forEach((source, buffer) -> feed.load(source, done, buffer));
            writeSettings();
            invocation.run();
            double total = readLosses(each);
            if (!Double.isFinite(total)) {
                throw new DivergenceException("The loss is " + total, done + 1, rate(), null);
            }
            history.add(total, each);
            done++;
            listener.afterStep(done, total);
        }
    }

    private double rate() {
        return moved.stream()
                .mapToDouble(one -> one.schedule().rate(done))
                .max()
                .orElse(0);
    }

    private void writeSettings() {
        for (Moved one : moved) {
            put(one.settings(), one.rule().settings(done + 1L, one.schedule().rate(done)));
        }
        if (key != null) {
            ByteBuffer words = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            words.putLong(RandomStream.named(training.seed(), "noise").bits(done))
                    .flip();
            key.write(words);
        }
    }

    private void put(Buffer buffer, double[] values) {
        ByteBuffer target = buffer.host()
                .orElseGet(
                        () -> ByteBuffer.allocate(Math.toIntExact(buffer.type().bytes()))
                                .order(ByteOrder.LITTLE_ENDIAN));
        for (int i = 0; i < values.length; i++) {
            if (training.precision() == DType.F64) {
                target.putDouble(i * Double.BYTES, values[i]);
            } else {
                target.putFloat(i * Float.BYTES, (float) values[i]);
            }
        }
        if (buffer.host().isEmpty()) {
            buffer.write(target);
        }
    }

    private double readLosses(double[] each) {
        ByteBuffer from = losses.host().orElseGet(() -> {
            ByteBuffer copy =
                    ByteBuffer.allocate(Math.toIntExact(losses.type().bytes())).order(ByteOrder.LITTLE_ENDIAN);
            losses.read(copy);
            return copy;
        });
        double total = 0;
        for (int i = 0; i < each.length; i++) {
            each[i] = training.precision() == DType.F64
                    ? from.getDouble(i * Double.BYTES)
                    : from.getFloat(i * Float.BYTES);
            total += problem.entries().get(i).weight() * each[i];
        }
        return total;
    }

    History history() {
        return history;
    }

    StepGraph step() {
        return step;
    }

    Feed feed() {
        return feed;
    }

    /** All numbers of the models as they are now, by full names. */
    Map<String, ByteBuffer> numbers() {
        Map<String, ByteBuffer> numbers = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            ByteBuffer vector = groups.get(i).layout().allocate();
            parameters.get(i).read(vector);
            numbers.putAll(groups.get(i).layout().views(vector));
        }
        return numbers;
    }

    @Override
    public void close() {
        memory.close();
    }
}
