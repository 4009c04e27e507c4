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
 * A {@link SpectralConv} of fields {@code [batch, height, width, channels]}. The last axis goes first, because it is real
 * and its modes are fewest, so that the second transform works on little.
 *
 * @param inputs channels in
 * @param outputs channels out
 * @param modes kept modes per axis: −modes … modes−1 along the height, 0 … modes−1 along the width
 */
public record SpectralConv2d(int inputs, int outputs, int modes) implements SpectralConv {
    @Override
    public int dimensions() {
        return 2;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weight(2 * modes, modes));
    }

    @Override
    public Value apply(Weights weights, Value x) {
        DType dtype = x.dtype();
        int height = x.shape().dim(1);
        int width = x.shape().dim(2);
        FourierBasis rows = FourierBasis.full(height, modes);
        FourierBasis columns = FourierBasis.half(width, modes);

        Value alongWidth = x.contract("bhwc,wrm->bhrmc", columns.tabulate(dtype, "nrk", m -> 1, COS, MINUS_SIN));
        ComplexPair spectrum = new ComplexPair(
                alongWidth.contract("bhrmc,hrk->kmbc", rows.tabulate(dtype, "nrk", k -> 1, COS, SIN)),
                alongWidth.contract("bhrmc,hrk->kmbc", rows.tabulate(dtype, "nrk", k -> 1, MINUS_SIN, COS)));

        ComplexPair mixed = spectrum.contract("kmbi,kmio->kmbo", SpectralConv.complex(weights.get("weight")));

        Value backAlongHeight = mixed.re()
                .contract("kmbc,khr->bhrmc", rows.tabulate(dtype, "knr", k -> 1, COS, SIN))
                .plus(mixed.im().contract("kmbc,khr->bhrmc", rows.tabulate(dtype, "knr", k -> 1, MINUS_SIN, COS)));
        double scale = 1.0 / ((double) height * width);
        Value back = columns.tabulate(dtype, "rkn", m -> columns.multiplicity(m) * scale, COS, MINUS_SIN);
        return backAlongHeight.contract("bhrmc,rmw->bhwc", back);
    }
}
