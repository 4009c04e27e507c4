# SPDX-License-Identifier: Apache-2.0
"""One training step of a physics-informed network: mean squared residual of u_xx + u_yy = f, Adam.

Modes end in "nested" (first derivatives of first derivatives by the library) or in "taylor" (value, slopes and Laplacian
propagated together by hand); see peer.py for the rest.
"""
import peer
from peer import LIBRARY, MODE, load, serve, training

TAYLOR = MODE.endswith("taylor")
tensors = load()
names = peer.layers(tensors)


if LIBRARY == "torch":
    import torch

    def linear(p, layer, v):
        return torch.addmm(p[layer[1]], v, p[layer[0]])

    def network(p, x):
        for layer in names[:-1]:
            x = torch.tanh(linear(p, layer, x))
        return linear(p, names[-1], x)

    def nested_laplacian(p, x):
        x = x.detach().requires_grad_()
        (slope,) = torch.autograd.grad(network(p, x).sum(), x, create_graph=True)
        total = 0
        for axis in range(2):
            (second,) = torch.autograd.grad(slope[:, axis].sum(), x, create_graph=True)
            total = total + second[:, axis : axis + 1]
        return total

    tanh = torch.tanh
else:
    import jax
    import jax.numpy as jnp

    def linear(p, layer, v):
        return v @ p[layer[0]] + p[layer[1]]

    def network(p, x):
        for layer in names[:-1]:
            x = jnp.tanh(linear(p, layer, x))
        return linear(p, names[-1], x)

    def nested_laplacian(p, x):
        def at(point):
            slope = jax.grad(lambda q: network(p, q)[0])
            total = 0.0
            for axis in range(2):
                direction = jnp.zeros(2, x.dtype).at[axis].set(1)
                total = total + jax.jvp(slope, (point,), (direction,))[1][axis]
            return total

        return jax.vmap(at)(x)[:, None]

    tanh = jnp.tanh


def taylor_laplacian(p, x):
    first = names[0]
    value = linear(p, first, x)
    # The slopes of a linear layer in its inputs are the rows of its matrix, alike at all points.
    slopes = [p[first[0]][axis] for axis in range(2)]
    laplacian = None
    for layer in names[1:]:
        t = tanh(value)
        rate = 1 - t * t
        curved = -2 * t * rate * sum(s * s for s in slopes)
        laplacian = (curved if laplacian is None else rate * laplacian + curved) @ p[layer[0]]
        if layer != names[-1]:
            slopes = [(rate * s) @ p[layer[0]] for s in slopes]
            value = linear(p, layer, t)
    return laplacian


def loss(p, data):
    laplacian = (taylor_laplacian if TAYLOR else nested_laplacian)(p, data["x"])
    residual = laplacian - data["f"]
    return (residual * residual).mean()


serve(training(loss, tensors, ["x", "f"]))
