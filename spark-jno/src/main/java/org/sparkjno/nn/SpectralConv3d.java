// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import static org.sparkjno.nn.FourierBasis.Term.COS;
import static org.sparkjno.nn.FourierBasis.Term.MINUS_SIN;
import static org.sparkjno.nn.FourierBasis.Term.SIN;

import java.util.List;
import org.sparkjno.kernels.graph.ComplexPair;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Value;

/**
 * A {@link SpectralConv} of fields {@code [batch, depth, height, width, channels]}, for example two space axes and
 * time. The last axis goes first, as in two dimensions, and comes back last.
 *
 * @param inputs channels in
 * @param outputs channels out
 * @param modes kept modes per axis: −modes … modes−1 along depth and height, 0 … modes−1 along the width
 */
public record SpectralConv3d(int inputs, int outputs, int modes) implements SpectralConv {
    @Override
    public int dimensions() {
        return 3;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weight(2 * modes, 2 * modes, modes));
    }

    @Override
    public Value apply(Weights weights, Value x) {
        DType dtype = x.dtype();
        FourierBasis slabs = FourierBasis.full(x.shape().dim(1), modes);
        FourierBasis rows = FourierBasis.full(x.shape().dim(2), modes);
        FourierBasis columns = FourierBasis.half(x.shape().dim(3), modes);

        // The axis r holds real and imaginary parts.
        Value alongWidth = x.contract("bdhwc,wrm->bdhrmc", columns.tabulate(dtype, "nrk", m -> 1, COS, MINUS_SIN));
        ComplexPair alongHeight = forward(alongWidth, "bdhrmc,hrk->bdkmc", rows, dtype);
        Value both = Value.stack(2, List.of(alongHeight.re(), alongHeight.im()));
        ComplexPair spectrum = forward(both, "bdrkmc,drl->lkmbc", slabs, dtype);

        ComplexPair mixed = spectrum.contract("lkmbi,lkmio->lkmbo", SpectralConv.complex(weights.get("weight")));

        ComplexPair backAlongDepth = inverse(mixed, "lkmbc,ld->bdkmc", slabs, dtype);
        ComplexPair backAlongHeight = inverse(backAlongDepth, "bdkmc,kh->bdhmc", rows, dtype);
        double scale =
                1.0 / ((double) x.shape().dim(1) * x.shape().dim(2) * x.shape().dim(3));
        Value cosines = columns.tabulate(dtype, "kn", m -> columns.multiplicity(m) * scale, COS);
        Value sines = columns.tabulate(dtype, "kn", m -> columns.multiplicity(m) * scale, MINUS_SIN);
        return backAlongHeight
                .re()
                .contract("bdhmc,mw->bdhwc", cosines)
                .plus(backAlongHeight.im().contract("bdhmc,mw->bdhwc", sines));
    }

    private static ComplexPair forward(Value parts, String notation, FourierBasis basis, DType dtype) {
        return new ComplexPair(
                parts.contract(notation, basis.tabulate(dtype, "nrk", k -> 1, COS, SIN)),
                parts.contract(notation, basis.tabulate(dtype, "nrk", k -> 1, MINUS_SIN, COS)));
    }

    private static ComplexPair inverse(ComplexPair spectrum, String notation, FourierBasis basis, DType dtype) {
        return spectrum.contract(
                notation,
                new ComplexPair(basis.tabulate(dtype, "kn", k -> 1, COS), basis.tabulate(dtype, "kn", k -> 1, SIN)));
    }
}
