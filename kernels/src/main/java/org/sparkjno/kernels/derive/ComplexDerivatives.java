// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.graph.ComplexPair;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * Derivatives of complex values.
 *
 * <p>The gradient of a real L in a complex z = x + iy is {@code ∂L/∂x + i ∂L/∂y}, twice the derivative in the conjugate
 * of z: the direction of steepest ascent, so that {@code z − rate·gradient} descends. PyTorch has the same convention;
 * JAX gives the conjugate. Cotangents are gradients: the real product of a cotangent w and a tangent v is
 * {@code Re(conj(w) v)}.
 */
public final class ComplexDerivatives {
    /**
     * A complex derivative with what shows whether there is one.
     *
     * @param value the derivative if the function is holomorphic; otherwise that along the real axis
     * @param defect largest modulus of {@code ∂f/∂y − i ∂f/∂x}, a real scalar: zero up to rounding just where the
     *     Cauchy–Riemann equations hold
     */
    public record Holomorphic(ComplexPair value, Value defect) {}

    private ComplexDerivatives() {}

    /**
     * The gradient of a real scalar, {@code ∂L/∂x + i ∂L/∂y}.
     *
     * @param loss a real floating-point scalar
     * @param z complex values whose parts are different values, each once
     */
    public static List<ComplexPair> gradient(Value loss, List<ComplexPair> z) {
        return pairs(Derivatives.gradient(loss, parts(z)));
    }

    /** Tangents of complex values, see {@link Derivatives#jvp}: linear over the reals. */
    public static List<ComplexPair> jvp(List<ComplexPair> outputs, List<ComplexPair> z, List<ComplexPair> tangents) {
        return pairs(Derivatives.jvp(parts(outputs), parts(z), parts(tangents)));
    }

    /** Cotangents of complex values in the convention of {@link #gradient}, see {@link Derivatives#vjp}. */
    public static List<ComplexPair> vjp(List<ComplexPair> outputs, List<ComplexPair> z, List<ComplexPair> cotangents) {
        return pairs(Derivatives.vjp(parts(outputs), parts(z), parts(cotangents)));
    }

    /**
     * The complex derivative of a holomorphic function that works element by element, or of one number.
     *
     * @param f of the shape of {@code z}
     * @throws ShapeException when the shapes differ
     * @throws IllegalArgumentException when the parts of {@code f} do not depend on the imaginary part of {@code z} at
     *     all though f does depend on z, as for a real part or a modulus of real numbers
     */
    public static Holomorphic holomorphic(ComplexPair f, ComplexPair z) {
        if (!f.re().shape().equals(z.re().shape())) {
            throw new ShapeException("A complex derivative needs a function of the shape of its argument, but got "
                    + f.re().type() + " of " + z.re().type() + ".");
        }
        Value one = Value.full(z.re().type(), 1);
        Pushforward real = new Pushforward(List.of(f.re(), f.im()), List.of(z.re()), List.of(one));
        Pushforward imaginary = new Pushforward(List.of(f.re(), f.im()), List.of(z.im()), List.of(one));
        if (isFixed(real, f) != isFixed(imaginary, f)) {
            throw new IllegalArgumentException("The function depends on the "
                    + (isFixed(real, f) ? "imaginary" : "real")
                    + " part of its argument alone, so it is not holomorphic; take derivatives in the parts by jvp.");
        }
        ComplexPair slope = pair(real, f);
        ComplexPair turned = pair(imaginary, f);
        Value first = turned.re().plus(slope.im());
        Value second = turned.im().minus(slope.re());
        Value defect =
                first.square().plus(second.square()).apply(Primitive.SQRT).max();
        return new Holomorphic(slope, defect);
    }

    private static boolean isFixed(Pushforward pushforward, ComplexPair f) {
        return pushforward.tangent(f.re()) == null && pushforward.tangent(f.im()) == null;
    }

    private static ComplexPair pair(Pushforward pushforward, ComplexPair f) {
        List<Value> tangents =
                ReverseOnly.refuse(List.of(pushforward.tangentOrZero(f.re()), pushforward.tangentOrZero(f.im())));
        return new ComplexPair(tangents.get(0), tangents.get(1));
    }

    private static List<Value> parts(List<ComplexPair> pairs) {
        List<Value> parts = new ArrayList<>();
        for (ComplexPair pair : pairs) {
            parts.add(pair.re());
            parts.add(pair.im());
        }
        return parts;
    }

    private static List<ComplexPair> pairs(List<Value> parts) {
        List<ComplexPair> pairs = new ArrayList<>();
        for (int i = 0; i < parts.size(); i += 2) {
            pairs.add(new ComplexPair(parts.get(i), parts.get(i + 1)));
        }
        return pairs;
    }
}
