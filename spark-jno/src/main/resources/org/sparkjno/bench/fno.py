# SPDX-License-Identifier: Apache-2.0
"""One training step of a 2-D Fourier neural operator: batch 16, 64 x 64, width 32, 12 modes, 4 layers, MSE, Adam.

usage: fno.py torch|jax THREADS; reads a count per line, answers with the milliseconds of as many steps.
"""
import sys
import time

LIBRARY, THREADS = sys.argv[1], int(sys.argv[2])
BATCH, POINTS, WIDTH, MODES, LAYERS, HIDDEN = 16, 64, 32, 12, 4, 128


def serve(step):
    for line in sys.stdin:
        times = []
        for _ in range(int(line)):
            start = time.perf_counter()
            step()
            times.append((time.perf_counter() - start) * 1e3)
        print(*times, flush=True)


def torch_step():
    import torch
    from torch.nn import functional as F

    torch.set_num_threads(THREADS)
    torch.manual_seed(0)

    class Block(torch.nn.Module):
        def __init__(self):
            super().__init__()
            shape = (2, WIDTH, WIDTH, MODES, MODES, 2)
            self.modes = torch.nn.Parameter(torch.rand(shape) / WIDTH**2)
            self.local = torch.nn.Conv2d(WIDTH, WIDTH, 1)

        def forward(self, x):
            low, high = torch.view_as_complex(self.modes)
            spectrum = torch.fft.rfft2(x)
            mixed = torch.zeros(BATCH, WIDTH, POINTS, POINTS // 2 + 1, dtype=torch.cfloat)
            mixed[:, :, :MODES, :MODES] = torch.einsum("bikl,iokl->bokl", spectrum[:, :, :MODES, :MODES], low)
            mixed[:, :, -MODES:, :MODES] = torch.einsum("bikl,iokl->bokl", spectrum[:, :, -MODES:, :MODES], high)
            return torch.fft.irfft2(mixed, s=(POINTS, POINTS)) + self.local(x)

    class Operator(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.lift = torch.nn.Linear(3, WIDTH)
            self.blocks = torch.nn.ModuleList([Block() for _ in range(LAYERS)])
            self.hidden = torch.nn.Linear(WIDTH, HIDDEN)
            self.out = torch.nn.Linear(HIDDEN, 1)

        def forward(self, x):
            x = self.lift(x).permute(0, 3, 1, 2)
            for i, block in enumerate(self.blocks):
                x = block(F.gelu(x) if i else x)
            return self.out(F.gelu(self.hidden(x.permute(0, 2, 3, 1))))

    model = Operator()
    optimiser = torch.optim.Adam(model.parameters(), 1e-3)
    x, y = torch.randn(BATCH, POINTS, POINTS, 3), torch.randn(BATCH, POINTS, POINTS, 1)

    def step():
        optimiser.zero_grad()
        F.mse_loss(model(x), y).backward()
        optimiser.step()

    return step


def jax_step():
    import os

    if THREADS == 1:
        os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
    import jax
    import jax.numpy as jnp

    keys = iter(jax.random.split(jax.random.PRNGKey(0), 64))

    def normal(*shape, scale=1.0):
        return scale * jax.random.normal(next(keys), shape)

    params = {
        "lift": (normal(3, WIDTH, scale=0.5), jnp.zeros(WIDTH)),
        "hidden": (normal(WIDTH, HIDDEN, scale=0.2), jnp.zeros(HIDDEN)),
        "out": (normal(HIDDEN, 1, scale=0.1), jnp.zeros(1)),
        "blocks": [
            {
                "modes": normal(2, 2, WIDTH, WIDTH, MODES, MODES, scale=WIDTH**-2),
                "local": (normal(WIDTH, WIDTH, scale=0.2), jnp.zeros(WIDTH)),
            }
            for _ in range(LAYERS)
        ],
    }
    x, y = normal(BATCH, POINTS, POINTS, 3), normal(BATCH, POINTS, POINTS, 1)

    def linear(layer, v):
        return v @ layer[0] + layer[1]

    def spectral(modes, v):
        spectrum = jnp.fft.rfft2(v, axes=(1, 2))
        weights = jax.lax.complex(modes[0], modes[1])
        mixed = jnp.zeros((BATCH, POINTS, POINTS // 2 + 1, WIDTH), jnp.complex64)
        low = jnp.einsum("bkli,iokl->bklo", spectrum[:, :MODES, :MODES], weights[0])
        high = jnp.einsum("bkli,iokl->bklo", spectrum[:, -MODES:, :MODES], weights[1])
        mixed = mixed.at[:, :MODES, :MODES].set(low).at[:, -MODES:, :MODES].set(high)
        return jnp.fft.irfft2(mixed, s=(POINTS, POINTS), axes=(1, 2))

    def loss(p):
        v = linear(p["lift"], x)
        for i, block in enumerate(p["blocks"]):
            v = jax.nn.gelu(v, approximate=False) if i else v
            v = spectral(block["modes"], v) + linear(block["local"], v)
        v = linear(p["out"], jax.nn.gelu(linear(p["hidden"], v), approximate=False))
        return jnp.mean((v - y) ** 2)

    @jax.jit
    def update(p, m, v, t):
        gradient = jax.grad(loss)(p)
        t = t + 1
        m = jax.tree.map(lambda a, g: 0.9 * a + 0.1 * g, m, gradient)
        v = jax.tree.map(lambda a, g: 0.999 * a + 0.001 * g * g, v, gradient)
        rate = 1e-3 * jnp.sqrt(1 - 0.999**t) / (1 - 0.9**t)
        p = jax.tree.map(lambda w, a, b: w - rate * a / (jnp.sqrt(b) + 1e-8), p, m, v)
        return p, m, v, t

    zeros = jax.tree.map(jnp.zeros_like, params)
    state = [(params, zeros, zeros, jnp.float32(0))]

    def step():
        state[0] = update(*state[0])
        jax.block_until_ready(state[0])

    return step


serve(torch_step() if LIBRARY == "torch" else jax_step())
