// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import static org.sparkjno.nn.FourierBasis.Term.COS;
import static org.sparkjno.nn.FourierBasis.Term.MINUS_SIN;

import java.util.List;
import org.sparkjno.kernels.graph.ComplexPair;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Value;

/**
 * A {@link SpectralConv} of fields {@code [batch, x, channels]}.
 *
 * @param inputs channels in
 * @param outputs channels out
 * @param modes kept modes 0 … modes−1
 */
public record SpectralConv1d(int inputs, int outputs, int modes) implements SpectralConv {
    @Override
    public int dimensions() {
        return 1;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weight(modes));
    }

    @Override
    public Value apply(Weights weights, Value x) {
        DType dtype = x.dtype();
        int points = x.shape().dim(1);
        FourierBasis basis = FourierBasis.half(points, modes);
        ComplexPair spectrum = new ComplexPair(
                x.contract("bxc,xm->mbc", basis.tabulate(dtype, "nk", m -> 1, COS)),
                x.contract("bxc,xm->mbc", basis.tabulate(dtype, "nk", m -> 1, MINUS_SIN)));
        ComplexPair mixed = spectrum.contract("mbi,mio->mbo", SpectralConv.complex(weights.get("weight")));
        Value cosines = basis.tabulate(dtype, "kn", m -> basis.multiplicity(m) / points, COS);
        Value sines = basis.tabulate(dtype, "kn", m -> basis.multiplicity(m) / points, MINUS_SIN);
        return mixed.re().contract("mbc,mx->bxc", cosines).plus(mixed.im().contract("mbc,mx->bxc", sines));
    }
}
