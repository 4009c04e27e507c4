// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.Value;

/**
 * Sums of products of any number of tensors in Einstein's notation, as NumPy's {@code einsum} reads it.
 *
 * <pre>{@code
 * Einsum.of("bhqd,bhkd->bhqk", queries, keys)   // summed over d
 * Einsum.of("ii->i", matrix)                    // its diagonal
 * Einsum.of("...i,ij,j", x, a, y)               // x·A·y for every leading index
 * }</pre>
 *
 * <p>A label repeated within an operand walks along its diagonal; a label missing in the result is summed over. Without an
 * arrow the result has the axes of the ellipsis, then all labels that occur once, in the order of their letters. An
 * ellipsis stands for any number of axes, aligned at the last; there an extent of 1 is repeated to fit the others, named
 * labels need equal extents.
 *
 * <p>Several operands are contracted in pairs, each time the pair that needs fewest multiplications: a greedy path as in
 * D. G. A. Smith, J. Gray, "opt_einsum", J. Open Source Softw. 3, 2018.
 */
public final class Einsum {
    private static final String ELLIPSIS = "...";

    private final String notation;
    private final Map<Character, Integer> extents = new LinkedHashMap<>();
    private final List<Term> terms = new ArrayList<>();
    private final String shared;
    private final String out;

    /** A tensor with one label per axis. */
    private record Term(Value value, String labels) {
        Term permuted(String order) {
            return order.equals(labels)
                    ? this
                    : new Term(
                            value.transpose(order.chars().map(labels::indexOf).toArray()), order);
        }
    }

    private Einsum(String notation, List<Value> operands) {
        this.notation = notation;
        String text = notation.replace(" ", "");
        int arrow = text.indexOf("->");
        List<String> written = List.of((arrow < 0 ? text : text.substring(0, arrow)).split(",", -1));
        if (written.size() != operands.size()) {
            throw refusal("names " + written.size() + " operands, but got " + operands.size());
        }
        int most = 0;
        for (int i = 0; i < written.size(); i++) {
            most = Math.max(most, hidden(written.get(i), operands.get(i)));
        }
        shared = unused(text, most);
        for (int i = 0; i < written.size(); i++) {
            int hidden = hidden(written.get(i), operands.get(i));
            terms.add(new Term(operands.get(i), written.get(i).replace(ELLIPSIS, shared.substring(most - hidden))));
        }
        terms.forEach(this::bind);
        out = arrow < 0 ? implicitOutput() : explicitOutput(text.substring(arrow + 2));
    }

    /**
     * A sum of products.
     *
     * @param notation labels of the operands, separated by commas, and of the result after an arrow
     * @param operands floating-point tensors of one element type; a single one may be of any type
     * @throws ShapeException when the notation cannot be read or does not fit the operands
     */
    public static Value of(String notation, Value... operands) {
        return new Einsum(notation, List.of(operands)).contracted();
    }

    private Value contracted() {
        List<Term> open = new ArrayList<>();
        for (Term term : terms) {
            open.add(withDiagonals(withoutRepetition(term)));
        }
        for (int i = 0; i < open.size(); i++) {
            open.set(i, summed(open.get(i), needed(open, i, i)));
        }
        while (open.size() > 1) {
            contractBestPair(open);
        }
        return open.get(0).permuted(out).value();
    }

    private void contractBestPair(List<Term> open) {
        int first = 0;
        int second = 1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < open.size(); i++) {
            for (int j = i + 1; j < open.size(); j++) {
                double multiplications = multiplications(open.get(i), open.get(j));
                if (multiplications < least) {
                    least = multiplications;
                    first = i;
                    second = j;
                }
            }
        }
        String labels = open.size() == 2 ? out : kept(open, first, second);
        Term b = open.remove(second);
        Term a = open.remove(first);
        Op product = new Op.Contract(a.labels(), b.labels(), labels);
        open.add(new Term(Value.of(product, a.value(), b.value()), labels));
    }

    private double multiplications(Term a, Term b) {
        return (a.labels() + b.labels())
                .chars()
                .distinct()
                .mapToDouble(label -> extents.get((char) label))
                .reduce(1, (x, y) -> x * y);
    }

    /** Labels of the product of two terms, in the order in which they come. */
    private String kept(List<Term> open, int first, int second) {
        String needed = needed(open, first, second);
        StringBuilder kept = new StringBuilder();
        (open.get(first).labels() + open.get(second).labels())
                .chars()
                .distinct()
                .filter(label -> needed.indexOf(label) >= 0)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    /** Labels of the result and of all terms but two. */
    private String needed(List<Term> open, int first, int second) {
        StringBuilder needed = new StringBuilder(out);
        for (int i = 0; i < open.size(); i++) {
            if (i != first && i != second) {
                needed.append(open.get(i).labels());
            }
        }
        return needed.toString();
    }

    private static Term summed(Term term, String needed) {
        int[] axes = term.labels()
                .chars()
                .filter(label -> needed.indexOf(label) < 0)
                .map(term.labels()::indexOf)
                .toArray();
        if (axes.length == 0) {
            return term;
        }
        StringBuilder left = new StringBuilder();
        term.labels().chars().filter(label -> needed.indexOf(label) >= 0).forEach(left::appendCodePoint);
        return new Term(term.value().sum(axes), left.toString());
    }

    /** Drops the axes of extent 1 that an ellipsis repeats. */
    private Term withoutRepetition(Term term) {
        StringBuilder labels = new StringBuilder();
        List<Integer> dims = new ArrayList<>();
        for (int axis = 0; axis < term.labels().length(); axis++) {
            char label = term.labels().charAt(axis);
            int extent = term.value().shape().dim(axis);
            if (extent == extents.get(label)) {
                labels.append(label);
                dims.add(extent);
            }
        }
        return new Term(term.value().reshape(new Shape(dims)), labels.toString());
    }

    /** Walks along the diagonals of repeated labels: every (n+1)-th element of n·n. */
    private static Term withDiagonals(Term term) {
        String labels = term.labels();
        for (int axis = 0; axis < labels.length(); axis++) {
            int again = labels.indexOf(labels.charAt(axis), axis + 1);
            if (again < 0) {
                continue;
            }
            int extent = term.value().shape().dim(axis);
            List<Integer> order = new ArrayList<>();
            List<Integer> dims = new ArrayList<>(List.of(extent * extent));
            for (int other = 0; other < labels.length(); other++) {
                if (other != axis && other != again) {
                    order.add(other);
                    dims.add(term.value().shape().dim(other));
                }
            }
            order.addAll(0, List.of(axis, again));
            Value flat = Value.of(new Op.Transpose(order), term.value()).reshape(new Shape(dims));
            String rest = new StringBuilder(labels)
                    .deleteCharAt(again)
                    .deleteCharAt(axis)
                    .toString();
            return withDiagonals(new Term(everyNth(flat, extent + 1), labels.charAt(axis) + rest));
        }
        return term;
    }

    private static Value everyNth(Value value, int n) {
        List<Integer> stride = new ArrayList<>();
        List<Integer> start = new ArrayList<>();
        for (int axis = 0; axis < value.shape().rank(); axis++) {
            stride.add(axis == 0 ? n : 1);
            start.add(0);
        }
        return Value.of(new Op.Slice(start, value.shape().dims(), stride), value);
    }

    /** How many axes the ellipsis of an operand stands for. */
    private int hidden(String labels, Value operand) {
        String named = labels.replaceFirst("\\.\\.\\.", "");
        if (!named.chars().allMatch(Einsum::isLabel)) {
            throw refusal("has '" + labels + "', but labels are the letters a to z and A to Z and one ellipsis");
        }
        int hidden = operand.shape().rank() - named.length();
        if (hidden < 0 || hidden > 0 && !labels.contains(ELLIPSIS)) {
            throw refusal("gives " + named.length() + " labels to " + operand.type());
        }
        return hidden;
    }

    private static boolean isLabel(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private String unused(String text, int count) {
        StringBuilder unused = new StringBuilder();
        for (char label = 'A'; label <= 'z' && unused.length() < count; label++) {
            if (isLabel(label) && text.indexOf(label) < 0) {
                unused.append(label);
            }
        }
        if (unused.length() < count) {
            throw refusal("needs more than 52 labels");
        }
        return unused.toString();
    }

    private void bind(Term term) {
        for (int axis = 0; axis < term.labels().length(); axis++) {
            char label = term.labels().charAt(axis);
            int extent = term.value().shape().dim(axis);
            int before = extents.getOrDefault(label, extent);
            boolean repeats = shared.indexOf(label) >= 0 && (extent == 1 || before == 1);
            if (before != extent && !repeats) {
                throw refusal(
                        shared.indexOf(label) < 0
                                ? "gives label '" + label + "' both extent " + before + " and " + extent
                                : "has ellipses that stand for axes of extent " + before + " and " + extent);
            }
            extents.put(label, before == 1 ? extent : before);
        }
    }

    private String implicitOutput() {
        StringBuilder all = new StringBuilder();
        terms.forEach(term -> all.append(term.labels()));
        StringBuilder once = new StringBuilder(shared);
        all.chars()
                .filter(label -> shared.indexOf(label) < 0)
                .filter(label -> all.chars().filter(other -> other == label).count() == 1)
                .sorted()
                .forEach(once::appendCodePoint);
        return once.toString();
    }

    private String explicitOutput(String written) {
        String labels = written.replaceFirst("\\.\\.\\.", shared);
        if (labels.chars().distinct().count() != labels.length()) {
            throw refusal("repeats a label in its result");
        }
        for (char label : labels.toCharArray()) {
            if (!extents.containsKey(label)) {
                throw refusal("has '" + label + "' in its result, but in no operand");
            }
        }
        if (!shared.isEmpty() && !written.contains(ELLIPSIS)) {
            throw refusal(
                    "has an ellipsis in an operand, but none in its result; add it, or sum over those axes first");
        }
        return labels;
    }

    private ShapeException refusal(String what) {
        return new ShapeException("einsum '" + notation + "' " + what + ".");
    }
}
