// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

class EinsumTest {
    /** Extents of labels; the second column is the notation written out. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ij,jk->ik; ij,jk->ik; 23,34",
                "ij,jk; ij,jk->ik; 23,34",
                "ba; ba->ab; 32",
                "ii; ii->; 33",
                "ii->i; ii->i; 44",
                "iij->ji; iij->ji; 224",
                "iji->j; iji->j; 323",
                "ijij->ij; ijij->ij; 2323",
                "iii->i; iii->i; 333",
                "ij->; ij->; 23",
                "ij->j; ij->j; 23",
                "i,j,k->kji; i,j,k->kji; 2,3,4",
                "ab,bc,cd,de->ea; ab,bc,cd,de->ea; 23,32,24,43",
                "abc,b,abd->cd; abc,b,abd->cd; 234,3,232",
                "ij,k->i; ij,k->i; 23,4",
                "...i,ij,j; zyi,ij,j->zy; 232,24,4",
                "...ij,...jk->...ik; zij,zjk->zik; 223,234",
                "...i->...; zyi->zy; 223",
                "b...->...b; bzy->zyb; 234",
                "i...i; izi->z; 323",
                "i,i,i->i; i,i,i->i; 3,3,3",
                ",i->i; ,i->i; ,3",
                "ii,ii->i; ii,ii->i; 33,33",
            })
    void isTheSumItSays(String notation, String plain, String shapes) {
        List<Literal> arguments = new ArrayList<>();
        for (String digits : shapes.split(",", -1)) {
            TensorType type = TensorType.f64(digits.chars().map(c -> c - '0').toArray());
            arguments.addAll(FunctionCheck.random(arguments.size() + 1, type));
        }
        Literal[] all = arguments.toArray(Literal[]::new);
        assertThat(FunctionCheck.value(v -> Einsum.of(notation, v.toArray(Value[]::new)), all))
                .containsExactly(sum(plain, arguments), within(1e-14));
    }

    /** Visits all assignments of numbers to labels. */
    private static double[] sum(String notation, List<Literal> arguments) {
        String[] sides = notation.split("->", -1);
        String[] operands = sides[0].split(",", -1);
        String labels = sides[1]
                + sides[0].replace(",", "")
                        .chars()
                        .distinct()
                        .filter(label -> sides[1].indexOf(label) < 0)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        int[] extents = labels.chars()
                .map(label -> extent((char) label, operands, arguments))
                .toArray();
        int inner = Shape.of(java.util.Arrays.copyOfRange(extents, sides[1].length(), extents.length)).dims().stream()
                .reduce(1, Math::multiplyExact);
        int total = Math.toIntExact(Shape.of(extents).size());
        double[] sums = new double[total / inner];
        for (int at = 0; at < total; at++) {
            int[] index = new int[extents.length];
            for (int axis = extents.length - 1, rest = at; axis >= 0; axis--) {
                index[axis] = rest % extents[axis];
                rest /= extents[axis];
            }
            double product = 1;
            for (int k = 0; k < operands.length; k++) {
                int position = 0;
                for (int axis = 0; axis < operands[k].length(); axis++) {
                    position = position * arguments.get(k).type().shape().dim(axis)
                            + index[labels.indexOf(operands[k].charAt(axis))];
                }
                product *= arguments.get(k).get(position);
            }
            sums[at / inner] += product;
        }
        return sums;
    }

    private static int extent(char label, String[] operands, List<Literal> arguments) {
        for (int k = 0; k < operands.length; k++) {
            int axis = operands[k].indexOf(label);
            if (axis >= 0) {
                return arguments.get(k).type().shape().dim(axis);
            }
        }
        throw new AssertionError(label);
    }

    @Test
    void ellipsesOfSeveralLengthsAreAligned() {
        Literal a = FunctionCheck.random(1, TensorType.f64(2, 1, 3)).get(0);
        Literal b = FunctionCheck.random(2, TensorType.f64(4, 3)).get(0);
        double[] actual = FunctionCheck.value(v -> Einsum.of("...i,...i", v.get(0), v.get(1)), a, b);
        assertThat(actual)
                .containsExactly(
                        sum("ai,bi->ab", List.of(Literal.of(TensorType.f64(2, 3), a.toArray()), b)), within(1e-14));
    }

    @Test
    void nothingSumsToZero() {
        Literal empty = Literal.of(TensorType.f64(0, 0));
        assertThat(FunctionCheck.value(v -> Einsum.of("ii->i", v.get(0)), empty))
                .isEmpty();
        assertThat(FunctionCheck.value(v -> Einsum.of("ii", v.get(0)), empty)).containsExactly(0);
        assertThat(FunctionCheck.value(
                        v -> Einsum.of("ij,kj->ik", v.get(0), v.get(1)),
                        Literal.of(TensorType.f64(2, 0)),
                        Literal.of(TensorType.f64(1, 0))))
                .containsExactly(0, 0);
    }

    /** Summing b and c away pair by pair must not build the outer product of the ends first. */
    @Test
    void chainsAreContractedFromTheSmallEnd() {
        Value chain = Einsum.of(
                "ab,bc,c->a",
                Value.input("a", TensorType.f64(50, 40)),
                Value.input("b", TensorType.f64(40, 30)),
                Value.input("c", TensorType.f64(30)));
        assertThat(chain.operands()).extracting(Value::type).contains(TensorType.f64(40));
    }

    @Test
    void derivatives() {
        FunctionCheck.check(
                v -> Einsum.of("bij,jk,...k->b...i", v.get(0), v.get(1), v.get(2)),
                TensorType.f64(2, 3, 2),
                TensorType.f64(2, 4),
                TensorType.f64(2, 4));
        FunctionCheck.check(v -> Einsum.of("iji->j", v.get(0)).square(), TensorType.f64(3, 2, 3));
    }

    @Test
    void aSingleTensorMayHoldIntegers() {
        Literal n = Literal.of(new TensorType(DType.I32, Shape.of(2, 2)), 1, 2, 3, 4);
        assertThat(FunctionCheck.value(v -> Einsum.of("ii", v.get(0)), n)).containsExactly(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "ij,jk->ik| einsum 'ij,jk->ik' names 2 operands, but got 1.",
                "i->i| einsum 'i->i' gives 1 labels to f64[2,3].",
                "ijk->i| einsum 'ijk->i' gives 3 labels to f64[2,3].",
                "ii| einsum 'ii' gives label 'i' both extent 2 and 3.",
                "ij->ii| einsum 'ij->ii' repeats a label in its result.",
                "ij->k| einsum 'ij->k' has 'k' in its result, but in no operand.",
                "i1->i| einsum 'i1->i' has 'i1', but labels are the letters a to z and A to Z and one ellipsis.",
                "i..->i| einsum 'i..->i' has 'i..', but labels are the letters a to z and A to Z and one ellipsis.",
                "i...->i| einsum 'i...->i' has an ellipsis in an operand, but none in its result; add it, or sum over those axes first.",
            })
    void refusesWhatItCannotRead(String notation, String message) {
        assertThatThrownBy(() -> Einsum.of(notation, Value.input("x", TensorType.f64(2, 3))))
                .hasMessage(message);
    }

    @Test
    void refusesEllipsesThatDoNotFit() {
        Value[] x = Stream.of(TensorType.f64(2, 3), TensorType.f64(3, 3))
                .map(type -> Value.input("x", type))
                .toArray(Value[]::new);
        assertThatThrownBy(() -> Einsum.of("...i,...i", x))
                .hasMessage("einsum '...i,...i' has ellipses that stand for axes of extent 2 and 3.");
    }
}
