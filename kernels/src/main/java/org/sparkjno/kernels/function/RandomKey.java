// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * Random tensors that are a function of a key: the same on every device and however a tensor is cut into parts. A key is
 * used for one tensor; {@link #fold} and {@link #split} make more keys of it. The bits are those of {@link
 * org.sparkjno.kernels.random.Threefry}.
 *
 * <p>Element e of a tensor, counted row-major, is made of words of 32 bits, of which word w has the counter {@code w·2^61 + e}.
 * So {@link #at a part} of a tensor begins at another e, and nothing else changes. Words 0 to 3 make numbers, words 4 and 5
 * of element i make key i.
 */
public final class RandomKey {
    private static final int WORDS_SHIFT = 29;
    private static final int KEY_WORDS = 4;

    private final Value key;
    private final Value offset;

    private RandomKey(Value key, Value offset) {
        this.key = key;
        this.offset = offset;
    }

    /** The key of a seed. */
    public static RandomKey of(long seed) {
        return of(words(seed));
    }

    /**
     * A key known when the graph runs.
     *
     * @param words an i32[2]
     * @throws ShapeException when it has another type
     */
    public static RandomKey of(Value words) {
        return new RandomKey(twoWords("A random key", words), words(0));
    }

    /** Key number i of this key. */
    public RandomKey fold(int i) {
        return fold(Value.scalar(DType.I32, i));
    }

    /**
     * Key number i of this key, for a number known when the graph runs, for example that of a training step.
     *
     * @param i an i32 scalar
     */
    public RandomKey fold(Value i) {
        if (!i.type().equals(new TensorType(DType.I32, Shape.SCALAR))) {
            throw new ShapeException("A random key is folded with an i32 scalar, but got " + i.type() + ".");
        }
        RandomKey element = at(Value.concat(0, List.of(constant(0), i.reshape(1))));
        Shape one = Shape.of(1);
        return of(Value.concat(0, List.of(element.word(KEY_WORDS, one), element.word(KEY_WORDS + 1, one))));
    }

    /** Keys number 0 … count−1 of this key. */
    public List<RandomKey> split(int count) {
        return IntStream.range(0, count).mapToObj(this::fold).toList();
    }

    /**
     * The same key for the part of a tensor that begins at an element.
     *
     * @param element its number, row-major, at least 0 and below 2^61
     */
    public RandomKey at(long element) {
        if (element < 0 || element >= 1L << 61) {
            throw new IllegalArgumentException(
                    "A part of a random tensor begins at an element from 0 to 2^61, not at " + element + ".");
        }
        return at(words(element));
    }

    /**
     * The same key for the part of a tensor that begins at an element known when the graph runs.
     *
     * @param element an i32[2], the high word of its number first
     */
    public RandomKey at(Value element) {
        return new RandomKey(key, twoWords("The first element of a part", element));
    }

    /**
     * Uniform in [0, 1): multiples of 2^−24 in f32 and of 2^−53 in f64, the same on every device.
     *
     * @throws ShapeException when the type is neither
     */
    public Value uniform(TensorType type) {
        return uniform(type, 0);
    }

    private Value uniform(TensorType type, int word) {
        requireFloating(type);
        if (type.dtype() == DType.F32) {
            return high(24, word, type.shape()).times(0x1p-24).cast(DType.F32);
        }
        Value high = high(27, 2 * word, type.shape());
        Value low = high(26, 2 * word + 1, type.shape());
        return high.times(0x1p26).plus(low).times(0x1p-53);
    }

    /**
     * Standard normal, from two uniform numbers each: G. E. P. Box, M. E. Muller, "A note on the generation of random normal
     * deviates", Ann. Math. Stat. 29, 1958. The same on every device but for the rounding of logarithm and cosine.
     *
     * @throws ShapeException when the type is neither f32 nor f64
     */
    public Value gaussian(TensorType type) {
        Value radius =
                uniform(type, 0).negate().plus(1).apply(Primitive.LOG).times(-2).sqrt();
        return radius.times(uniform(type, 1).times(2 * Math.PI).apply(Primitive.COS));
    }

    /**
     * Integers from {@code low} on and below {@code high}, as i32; none is likelier than another by more than 2^−21 of its
     * probability.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Value integers(int low, int high, Shape shape) {
        if (low >= high) {
            throw new IllegalArgumentException("There is no integer from " + low + " to below " + high + ".");
        }
        Value scaled = uniform(new TensorType(DType.F64, shape)).times((double) high - low);
        return scaled.apply(Primitive.FLOOR).plus(low).cast(DType.I32);
    }

    /** The numbers 0 … n−1 in random order, as i32[n]. */
    public Value permutation(int n) {
        return uniform(TensorType.f64(n)).argsort(0);
    }

    /** The highest bits of a word as a number, in f64. */
    private Value high(int bits, int word, Shape shape) {
        Value signed = word(word, shape).cast(DType.F64);
        Value negative = signed.apply(Primitive.LT, Value.full(signed.type(), 0));
        Value unsigned = negative.apply(Primitive.SELECT, signed.plus(0x1p32), signed);
        return unsigned.times(Math.scalb(1.0, bits - 32)).apply(Primitive.FLOOR);
    }

    private Value word(int word, Shape shape) {
        Value high = offset.slice(0, 0, 1).plus(constant(word << WORDS_SHIFT));
        return Value.randomBits(Value.concat(0, List.of(key, high, offset.slice(0, 1, 2))), shape);
    }

    private static void requireFloating(TensorType type) {
        if (type.dtype() != DType.F32 && type.dtype() != DType.F64) {
            throw new ShapeException("Random numbers are f32 or f64, but got " + type + "; cast them.");
        }
    }

    private static Value twoWords(String what, Value words) {
        if (!words.type().equals(new TensorType(DType.I32, Shape.of(2)))) {
            throw new ShapeException(what + " is an i32[2], but got " + words.type() + ".");
        }
        return words;
    }

    private static Value words(long number) {
        return constant((int) (number >> 32), (int) number);
    }

    private static Value constant(int... words) {
        TensorType type = new TensorType(DType.I32, Shape.of(words.length));
        return Value.constant(
                Literal.of(type, IntStream.of(words).asDoubleStream().toArray()));
    }
}
