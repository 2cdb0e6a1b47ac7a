"""Makes server-optimizers.json and effective-steps.json, with numpy and PyTorch (Debian: python3-numpy, python3-torch).

Server optimizers: `torch` holds weights from torch.optim (SGD with momentum, Adagrad), which know nothing of federation; `exact` holds
the bits of the papers' formulas in numpy float32, one rounding an operation, to be met to the bit.
Effective steps: torch.optim.SGD is run on a loss whose gradient is 1 (plus the proximal pull); the weight it ends at, over -lr, is the norm of a.
"""
import json
import os

import numpy as np
import torch

here = os.path.dirname(os.path.abspath(__file__))
DIMENSION, ROUNDS = 67, 6
rng = np.random.default_rng(20)
start = rng.normal(size=DIMENSION).astype(np.float32)
updates = (rng.normal(size=(ROUNDS, DIMENSION)) * np.exp(rng.normal(size=DIMENSION) * 2 - 3)).astype(np.float32)
f = np.float32


def bits(v):
    return [int(b) for b in v.astype(np.float32).view(np.uint32)]


def by_torch(make):
    w = torch.tensor(start.copy(), requires_grad=True)
    optimizer = make([w])
    for update in updates:
        w.grad = torch.tensor(-update)  # descending along minus the update
        optimizer.step()
    return [float(x) for x in w.detach().numpy()]


def exact(step, m0, v0):
    w, m, v = start.copy(), np.full(DIMENSION, m0, f), np.full(DIMENSION, v0, f)
    for d in updates:
        w, m, v = step(w, m, v, d)
        assert w.dtype == m.dtype == v.dtype == np.float32
    return bits(w)


def momentum(w, m, v, d):
    m = m * f(0.9) + d * f(1)
    return w + m * f(0.5), m, v


def adaptive(second, b1, eta=f(0.1), tau=f(1e-3)):
    def step(w, m, v, d):
        m = m * b1 + d * (f(1) - b1)
        v = second(v, d)
        return w + m * eta / (np.sqrt(v) + tau), m, v
    return step


b2 = f(0.99)
tau2 = f(1e-3) * f(1e-3)
json.dump({
    "start": bits(start),
    "updates": [bits(u) for u in updates],
    "torch": {
        "fed-avg-m": by_torch(lambda p: torch.optim.SGD(p, lr=0.5, momentum=0.9)),
        "fed-adagrad": by_torch(lambda p: torch.optim.Adagrad(p, lr=0.1, initial_accumulator_value=1e-6, eps=1e-3)),
    },
    "exact": {
        "sgd": exact(lambda w, m, v, d: (w + d * f(0.7), m, v), 0, 0),
        "fed-avg-m": exact(momentum, 0, 0),
        "fed-adagrad": exact(adaptive(lambda v, d: v * f(1) + d * d * f(1), f(0)), 0, tau2),
        "fed-adam": exact(adaptive(lambda v, d: v * b2 + d * d * (f(1) - b2), f(0.9)), 0, tau2),
        "fed-yogi": exact(adaptive(lambda v, d: v - d * d * (f(1) - b2) * np.sign(v - d * d), f(0.9)), 0, tau2),
    },
}, open(os.path.join(here, "server-optimizers.json"), "w"))

cases = []
for steps in (1, 2, 7, 40):
    for rho, mu, nesterov in ((0, 0, False), (0.9, 0, False), (0, 0.5, False), (0.9, 0.05, False), (0.9, 0, True), (0.5, 0.3, True)):
        lr = 0.05
        w = torch.zeros(1, dtype=torch.float64, requires_grad=True)
        optimizer = torch.optim.SGD([w], lr=lr, momentum=rho, nesterov=nesterov)
        for _ in range(steps):
            w.grad = 1 + mu * w.detach()
            optimizer.step()
        cases.append({"steps": steps, "momentum": rho, "learningRate": lr, "mu": mu, "nesterov": nesterov, "expected": -float(w.detach()) / lr})
json.dump(cases, open(os.path.join(here, "effective-steps.json"), "w"), indent=1)
