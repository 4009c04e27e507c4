// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.scalar;

import java.util.List;
import java.util.Optional;

/** How C writes a primitive. */
sealed interface Spelling {

    String write(Precision precision, List<String> arguments);

    /** Name of the library function it calls, if it calls one. */
    default Optional<String> function() {
        return Optional.empty();
    }

    static Spelling infix(String operator) {
        return new Infix(operator);
    }

    static Spelling prefix(String operator) {
        return new Prefix(operator);
    }

    static Spelling call(String name) {
        return new Call(name);
    }

    static Spelling choice() {
        return new Choice();
    }

    /** {@code (a + b)}. */
    record Infix(String operator) implements Spelling {
        @Override
        public String write(Precision precision, List<String> arguments) {
            return "(" + arguments.get(0) + " " + operator + " " + arguments.get(1) + ")";
        }
    }

    /** {@code (-a)}; the inner parentheses keep two signs apart. */
    record Prefix(String operator) implements Spelling {
        @Override
        public String write(Precision precision, List<String> arguments) {
            return "(" + operator + "(" + arguments.get(0) + "))";
        }
    }

    /** {@code jno_tanh(a)}, for floats {@code jno_tanhf(a)}. */
    record Call(String name) implements Spelling {
        @Override
        public String write(Precision precision, List<String> arguments) {
            return "jno_" + MathLibrary.name(name, precision) + "(" + String.join(", ", arguments) + ")";
        }

        @Override
        public Optional<String> function() {
            return Optional.of(name);
        }
    }

    /** {@code (c ? a : b)}. */
    record Choice() implements Spelling {
        @Override
        public String write(Precision precision, List<String> arguments) {
            return "(" + arguments.get(0) + " ? " + arguments.get(1) + " : " + arguments.get(2) + ")";
        }
    }
}
