// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sparkjno.lang.balance.Balance;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Callee;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.model.Treatment;

/** Refuses what cannot be trained, before anything is compiled. */
final class Admission {
    private final Problem problem;
    private final Training training;
    private final List<Group> groups;

    private Admission(Problem problem, Training training, List<Group> groups) {
        this.problem = problem;
        this.training = training;
        this.groups = groups;
    }

    static void check(Problem problem, Training training, List<Group> groups) {
        Admission admission = new Admission(problem, training, groups);
        admission.names();
        admission.batches();
        admission.turns();
        admission.places();
        admission.descents();
    }

    private void names() {
        distinct("losses", problem.entries().stream().map(Entry::name).toList());
        distinct("trackers", problem.trackers().stream().map(Tracker::name).toList());
    }

    private static void distinct(String kind, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new ExpressionException(
                        "Two " + kind + " are named '" + name + "', so that nobody could tell them apart; rename one.");
            }
        }
    }

    /** What is to be taken in batches must be there. */
    private void batches() {
        batch(
                training.batch().samples(),
                Axis.Kind.SAMPLES,
                "samples",
                "give the domain some by samples(count), or say points(");
        batch(
                training.batch().points(),
                Axis.Kind.POINTS,
                "points",
                "give the losses coordinates of a region, or say batch(");
    }

    private void batch(int count, Axis.Kind kind, String what, String remedy) {
        boolean there = Problem.sources(problem.losses()).stream()
                .flatMap(source -> source.space().axes().stream())
                .anyMatch(axis -> axis.kind() == kind);
        if (count > 0 && !there) {
            throw new ExpressionException("There are no " + what + " of which each step could take " + count + "; "
                    + remedy + count + ") if that is what you mean.");
        }
    }

    private void turns() {
        Set<String> models = new HashSet<>();
        problem.callees().forEach(callee -> models.add(callee.name()));
        Set<String> losses = new HashSet<>();
        problem.entries().forEach(entry -> losses.add(entry.name()));
        for (Turn turn : problem.turns().list()) {
            require("model", turn.models(), models);
            require("loss", turn.losses(), losses);
        }
        for (Group group : groups) {
            if (!(group.treatment() instanceof Treatment.Frozen)
                    && group.turns().isEmpty()) {
                throw new ExpressionException("No turn moves the parameters "
                        + group.layout().parameters().get(0).name()
                        + " and those treated alike; freeze their model, or give it a turn.");
            }
        }
        for (int turn = 0; turn < problem.turns().list().size(); turn++) {
            int number = turn;
            if (groups.stream().noneMatch(group -> group.turns().contains(number))) {
                throw new ExpressionException("There is nothing to train in turn " + turn
                        + ", because all parameters of its models are frozen; the models are "
                        + problem.callees().stream().map(Callee::name).toList() + ".");
            }
        }
    }

    /** Vacant places count in no mean over points, but the number of places does in the traces of tangent kernels. */
    private void places() {
        boolean room = problem.resamplings().stream()
                .anyMatch(resampling -> resampling.rule().room() > 0);
        if (room && training.batch().points() == 0 && problem.balance().measure() == Balance.Measure.TANGENT_TRACES) {
            throw new ExpressionException(
                    "The traces of tangent kernels are means over points, of which vacant places are"
                            + " none; leave out upTo(…), or balance the losses by another rule.");
        }
    }

    private static void require(String kind, List<String> named, Set<String> known) {
        for (String name : named) {
            if (!known.contains(name)) {
                throw new ExpressionException(
                        "A turn names the " + kind + " '" + name + "', but there are " + known + ".");
            }
        }
    }

    private void descents() {
        for (Group group : groups) {
            if (group.treatment() instanceof Treatment.Descending descending) {
                descent(group);
                descending.method().warning(training.precision()).ifPresent(Admission::warn);
            }
        }
    }

    private static void warn(String warning) {
        System.getLogger(Admission.class.getName()).log(Level.WARNING, warning);
    }

    private void descent(Group descending) {
        for (Group other : groups) {
            boolean together = other.turns().stream().anyMatch(descending.turns()::contains);
            if (together && !other.equals(descending)) {
                throw new ExpressionException("A line search moves all parameters of a step at once, but "
                        + other.layout().parameters().get(0).name()
                        + " is to be moved otherwise in the same step; give all one treatment and one type, freeze some, or train the"
                        + " models by turns.");
            }
        }
        if (!training.batch().isAll()) {
            throw new ExpressionException(
                    "A line search needs the same loss whenever it looks, but samples or points are"
                            + " to be taken in batches; train on all of them (batch(0) and points(0)).");
        }
        if (Problem.hasNoise(problem.losses())) {
            throw new ExpressionException(
                    "A line search needs the same loss whenever it looks, but a loss contains noise;"
                            + " train with Adam, or without the noise.");
        }
        if (problem.balance().measure() != Balance.Measure.NOTHING) {
            throw new ExpressionException("A line search needs the same loss whenever it looks, but the balance of the"
                    + " losses changes in between; use balance(new Fixed()) and weights.");
        }
    }
}
