# SPDX-License-Identifier: Apache-2.0
"""What all peers share: their data, their cores, training with Adam, and the conversation with the race.

usage of the scripts: SCRIPT torch|jax MODE THREADS DATA WORK
"""
import json
import os
import sys
import time

LIBRARY, MODE, THREADS, DATA, WORK = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4], sys.argv[5]
RATE, BETA1, BETA2, EPSILON = 1e-3, 0.9, 0.999, 1e-8

# Before any library starts its threads.
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:THREADS])
for variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = str(THREADS)
if THREADS == 1:
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import numpy as np

if LIBRARY == "torch":
    import torch

    torch.set_num_threads(THREADS)
else:
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)


def load():
    """The tensors of a safetensors file by name."""
    with open(DATA, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        content = file.read()
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        numbers = np.frombuffer(content[begin:end], {"F32": np.float32, "F64": np.float64}[entry["dtype"]])
        array = numbers.reshape(entry["shape"]).copy()
        tensors[name] = torch.from_numpy(array) if LIBRARY == "torch" else jnp.asarray(array)
    return tensors


def layers(parameters, prefix=""):
    """Weights and biases of a perceptron, in order."""
    count = sum(name.startswith(prefix + "layers.") and name.endswith(".weight") for name in parameters)
    return [(f"{prefix}layers.{i}.weight", f"{prefix}layers.{i}.bias") for i in range(count)]


def training(loss, tensors, data):
    """One step of Adam on loss(parameters, data); data are the names of the tensors that are no parameters."""
    fixed = {name: tensors[name] for name in data}
    parameters = {name: tensor for name, tensor in tensors.items() if name not in data}
    return (torch_training if LIBRARY == "torch" else jax_training)(loss, parameters, fixed)


def torch_training(loss, parameters, data):
    for tensor in parameters.values():
        tensor.requires_grad_()
    optimiser = torch.optim.Adam(list(parameters.values()), RATE, (BETA1, BETA2), EPSILON, fused=True)
    objective = torch.compile(loss) if MODE.startswith("compile") else loss

    def step():
        optimiser.zero_grad()
        value = objective(parameters, data)
        value.backward()
        optimiser.step()
        return value.detach()

    return step


def jax_training(loss, parameters, data):
    @jax.jit
    def update(parameters, mean, square, count, data):
        value, gradient = jax.value_and_grad(loss)(parameters, data)
        count = count + 1
        mean = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g, mean, gradient)
        square = jax.tree.map(lambda s, g: BETA2 * s + (1 - BETA2) * g * g, square, gradient)
        first, second = 1 - BETA1**count, 1 - BETA2**count

        def moved(p, m, s):
            return p - RATE * (m / first) / (jnp.sqrt(s / second) + EPSILON)

        return value, (jax.tree.map(moved, parameters, mean, square), mean, square, count)

    zeros = jax.tree.map(jnp.zeros_like, parameters)
    state = [(parameters, zeros, zeros, jnp.float32(0))]

    def step():
        value, state[0] = update(*state[0], data)
        jax.block_until_ready(state[0])
        return value

    return step


def repeated(function, arguments):
    """function(*arguments), computed anew each time."""
    if LIBRARY == "jax":
        compiled = jax.jit(function)
        return lambda: jax.block_until_ready(compiled(*arguments))
    compiled = torch.compile(function) if MODE == "compile" else function

    def step():
        with torch.inference_mode():
            return compiled(*arguments)

    return step


def root_mean_square(result):
    last = result[-1] if isinstance(result, (tuple, list)) else result
    numbers = np.asarray(last, np.float64)
    return float(np.sqrt(np.mean(numbers * numbers)))


def serve(step):
    """Answers "observe N" and "repeat N" with N numbers each."""
    for line in sys.stdin:
        order, count = line.split()
        numbers = []
        for _ in range(int(count)):
            if order == "observe":
                numbers.append(root_mean_square(step()))
            else:
                start = time.perf_counter()
                step()
                numbers.append((time.perf_counter() - start) * 1e3)
        print(*numbers, flush=True)
