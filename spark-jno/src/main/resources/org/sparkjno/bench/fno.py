# SPDX-License-Identifier: Apache-2.0
"""One training step of a 2-D Fourier neural operator: coordinates appended, lifting, Fourier layers with GELU between
them, projection; mean squared error, Adam. Each library gets the axis order that suits it best; see peer.py.
"""
import numpy as np

from peer import LIBRARY, load, serve, training

tensors = load()
LAYERS = sum(name.endswith(".spectral.weight") for name in tensors)
_, _, MODES, WIDTH, _ = tensors["layers.0.spectral.weight"].shape
BATCH, POINTS = tensors["x"].shape[:2]


def with_coordinates(x):
    line = np.linspace(0, 1, POINTS, dtype=np.float32)
    rows, columns = np.meshgrid(line, line, indexing="ij")
    shape = (BATCH, POINTS, POINTS)
    return np.stack([np.asarray(x)[..., 0], np.broadcast_to(rows, shape), np.broadcast_to(columns, shape)], -1)


if LIBRARY == "torch":
    import torch
    from torch.nn import functional as F

    tensors["x"] = torch.from_numpy(with_coordinates(tensors["x"]))
    for i in range(LAYERS):
        # From [part, row mode, column mode, in, out] to complex [half of the rows, in, out, row mode, column mode].
        modes = tensors[f"layers.{i}.spectral.weight"].permute(3, 4, 1, 2, 0)
        halves = torch.stack([modes[:, :, :MODES], modes[:, :, MODES:]])
        tensors[f"layers.{i}.spectral.weight"] = halves.contiguous()
        local = tensors[f"layers.{i}.pointwise.weight"].T
        tensors[f"layers.{i}.pointwise.weight"] = local.reshape(WIDTH, WIDTH, 1, 1).contiguous()

    def linear(p, name, v):
        return torch.matmul(v, p[name + ".weight"]) + p[name + ".bias"]

    def fourier_layer(p, name, v):
        low, high = torch.view_as_complex(p[name + ".spectral.weight"])
        spectrum = torch.fft.rfft2(v)
        mixed = torch.zeros(BATCH, WIDTH, POINTS, POINTS // 2 + 1, dtype=torch.cfloat)
        mixed[:, :, :MODES, :MODES] = torch.einsum("bikl,iokl->bokl", spectrum[:, :, :MODES, :MODES], low)
        mixed[:, :, -MODES:, :MODES] = torch.einsum("bikl,iokl->bokl", spectrum[:, :, -MODES:, :MODES], high)
        local = F.conv2d(v, p[name + ".pointwise.weight"], p[name + ".pointwise.bias"])
        return torch.fft.irfft2(mixed, s=(POINTS, POINTS)) + local

    def predict(p, x):
        v = linear(p, "lift", x).permute(0, 3, 1, 2)
        for i in range(LAYERS):
            v = fourier_layer(p, f"layers.{i}", F.gelu(v) if i else v)
        v = linear(p, "projection.layers.0", v.permute(0, 2, 3, 1))
        return linear(p, "projection.layers.1", F.gelu(v))
else:
    import jax
    import jax.numpy as jnp

    tensors["x"] = jnp.asarray(with_coordinates(tensors["x"]))

    def linear(p, name, v):
        return v @ p[name + ".weight"] + p[name + ".bias"]

    def gelu(v):
        return jax.nn.gelu(v, approximate=False)

    def fourier_layer(p, name, v):
        weight = p[name + ".spectral.weight"]
        weight = jax.lax.complex(weight[0], weight[1])
        spectrum = jnp.fft.rfft2(v, axes=(1, 2))
        mixed = jnp.zeros((BATCH, POINTS, POINTS // 2 + 1, WIDTH), jnp.complex64)
        low = jnp.einsum("bkli,klio->bklo", spectrum[:, :MODES, :MODES], weight[:MODES])
        high = jnp.einsum("bkli,klio->bklo", spectrum[:, -MODES:, :MODES], weight[MODES:])
        mixed = mixed.at[:, :MODES, :MODES].set(low).at[:, -MODES:, :MODES].set(high)
        return jnp.fft.irfft2(mixed, s=(POINTS, POINTS), axes=(1, 2)) + linear(p, name + ".pointwise", v)

    def predict(p, x):
        v = linear(p, "lift", x)
        for i in range(LAYERS):
            v = fourier_layer(p, f"layers.{i}", gelu(v) if i else v)
        return linear(p, "projection.layers.1", gelu(linear(p, "projection.layers.0", v)))


def loss(p, data):
    error = predict(p, data["x"]) - data["y"]
    return (error * error).mean()


serve(training(loss, tensors, ["x", "y"]))
