// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

import java.util.List;
import java.util.Locale;

/** The benchmarks: what is raced, and against which uses of the other libraries. */
public enum Benchmark {
    /** A step of a physics-informed network. */
    PINN {
        @Override
        List<Work> works() {
            return List.of(Problems.pinn());
        }

        @Override
        List<Variant> variants() {
            return Variant.nestedAndTaylor();
        }
    },
    /** A step of a 2-D Fourier neural operator. */
    FNO {
        @Override
        List<Work> works() {
            return List.of(Problems.fno());
        }
    },
    /** A step of a DeepONet. */
    DEEPONET {
        @Override
        List<Work> works() {
            return List.of(Problems.deepOnet());
        }
    },
    /** Fused elementwise and reducing formulas, beside a plain copy. */
    KERNELS {
        @Override
        List<Work> works() {
            return Formulas.kernels();
        }
    },
    /** Matrix products. */
    GEMM {
        @Override
        List<Work> works() {
            return Formulas.products();
        }
    };

    abstract List<Work> works();

    List<Variant> variants() {
        return Variant.plain();
    }

    /** The peers' script, a resource beside this class. */
    String script() {
        return this + ".py";
    }

    /** The name in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
