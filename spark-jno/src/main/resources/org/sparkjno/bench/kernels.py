# SPDX-License-Identifier: Apache-2.0
"""One fused formula, or a copy; see peer.py."""
from peer import LIBRARY, WORK, load, repeated, serve

if LIBRARY == "torch":
    import torch as np
    from torch import softmax

    copy = np.clone
else:
    import jax.numpy as np
    from jax.nn import softmax

    copy = np.copy


def tanh(x):
    return np.tanh(x * 1.5 + 0.5) * 0.75 + np.sin(x)


def columns(dy, t):
    dz = dy * (1 - t * t)
    return dz, dz.sum(0)


def stencil(x):
    inner = slice(1, -1)
    sums = -6 * x[inner, inner, inner]
    for axis in range(3):
        for shifted in (slice(0, -2), slice(2, None)):
            sums = sums + x[tuple(shifted if other == axis else inner for other in range(3))]
    return sums


formulas = {"copy": copy, "tanh": tanh, "columns": columns, "softmax": lambda x: softmax(x, 1), "stencil": stencil}
serve(repeated(formulas[WORK], list(load().values())))
