// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import org.sparkjno.lang.expression.Source;
import org.sparkjno.lang.feed.Feed;

/**
 * What a tensor of a session is for. The graphs of a session name their inputs and outputs by slots, and those of one slot are
 * one tensor: what one graph writes, the next reads.
 */
sealed interface Slot {
    /** Name for people. */
    String name();

    /**
     * The vector of a group of parameters.
     *
     * @param group number of the group
     */
    record Parameters(int group) implements Slot {
        @Override
        public String name() {
            return "parameters" + group;
        }
    }

    /**
     * A vector that an optimiser carries from step to step.
     *
     * @param group number of the group that it moves
     * @param name of the vector
     */
    record Moment(int group, String name) implements Slot {}

    /**
     * A vector that the balance of the losses carries from step to step.
     *
     * @param name of the vector
     */
    record Balancing(String name) implements Slot {
        /** The factors of the losses beside those of the entries. */
        static final Balancing WEIGHTS = new Balancing("weights");
    }

    /**
     * What an optimiser is told in each step.
     *
     * @param group number of the group that it moves
     */
    record Settings(int group) implements Slot {
        @Override
        public String name() {
            return "settings" + group;
        }
    }

    /**
     * This task's part of the data behind a source.
     *
     * @param feed where they come from
     * @param source which
     */
    record Data(Feed feed, Source source) implements Slot {
        @Override
        public String name() {
            return source.name();
        }
    }

    /**
     * An i32[2] that differs from step to step, and from part to part, and decides their random numbers.
     *
     * @param seed of the session
     */
    record Key(long seed) implements Slot {
        @Override
        public String name() {
            return "key";
        }
    }

    /**
     * To what the parts of a step add; zero between two steps.
     *
     * @param name what it is
     */
    record Sum(String name) implements Slot {
        /** The mean losses of the entries. */
        static final Sum LOSSES = new Sum("sum of losses");
        /** What the balance of the losses looks at. */
        static final Sum MEASURE = new Sum("sum of measures");

        /** The mean gradient by the vector of a group of parameters, this task's share of it. */
        static Sum gradient(int group) {
            return new Sum("sum of gradients by parameters" + group);
        }
    }

    /**
     * What a graph tells the host.
     *
     * @param name what it is
     */
    record Result(String name) implements Slot {
        /** The loss of each entry, without its weight. */
        static final Result LOSSES = new Result("losses");
        /** The numbers of the {@link Printout}s. */
        static final Result PRINTED = new Result("printed");
        /** The gradient of what is minimised. */
        static final Result GRADIENT = new Result("gradient");

        /** The values of the trackers that look every so many steps. */
        static Result tracked(int every) {
            return new Result("tracked every " + every);
        }
    }
}
