# SPDX-License-Identifier: Apache-2.0
"""One training step of a DeepONet: branch and trunk perceptrons with tanh, mean squared error, Adam; see peer.py."""
import peer
from peer import LIBRARY, load, serve, training

tensors = load()
BRANCH, TRUNK = peer.layers(tensors, "branch."), peer.layers(tensors, "trunk.")

if LIBRARY == "torch":
    from torch import addmm, tanh
else:
    from jax.numpy import tanh

    def addmm(bias, v, matrix):
        return v @ matrix + bias


def perceptron(p, names, v):
    for weight, bias in names[:-1]:
        v = tanh(addmm(p[bias], v, p[weight]))
    weight, bias = names[-1]
    return addmm(p[bias], v, p[weight])


def loss(p, data):
    prediction = perceptron(p, BRANCH, data["u"]) @ perceptron(p, TRUNK, data["x"]).T + p["bias"]
    error = prediction - data["y"]
    return (error * error).mean()


serve(training(loss, tensors, ["u", "x", "y"]))
