"""Makes rounds.json: federated runs on quadratics, written in numpy (double precision) from the papers' own algorithm boxes.

Site k minimizes 1/2 (w - b_k)' diag(a_k) (w - b_k) by `steps[k]` full-gradient steps of rate LR. The papers' boxes speak of whole models
(theta_k, y_i), Atoll of updates (local minus global); nothing is shared between the two but the definition.
"""
import json
import os

import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
LR, D = 0.1, 3
a = np.array([[1.0, 0.5, 2.0], [0.3, 1.5, 1.0], [2.0, 1.0, 0.25], [0.8, 0.8, 0.8]])
b = np.array([[1.0, -2.0, 0.5], [3.0, 1.0, -1.0], [-1.0, 0.25, 2.0], [0.0, 4.0, 1.5]])
rows = np.array([10, 20, 30, 40])
steps = np.array([2, 5, 3, 8])
chosen = [[0, 1, 2, 3], [0, 2], [1, 3], [0, 1, 2, 3], [2, 3], [1]]
N = len(rows)


def grad(k, w):
    return a[k] * (w - b[k])


def descend(k, start, extra=lambda w: 0.0, rho=0.0):
    w, buf = start.copy(), np.zeros(D)
    for _ in range(steps[k]):
        buf = rho * buf + grad(k, w) + extra(w)
        w = w - LR * buf
    return w


def shares(S):
    return rows[S] / rows[S].sum()


def fed_avg(rho=0.0, mu=0.0):
    w, out = np.zeros(D), []
    for S in chosen:
        w = sum(p * descend(k, w, lambda v: mu * (v - w), rho) for k, p in zip(S, shares(S)))
        out.append(w.tolist())
    return out


def fed_nova(rho):
    w, out = np.zeros(D), []
    for S in chosen:
        normed, tau = np.zeros(D), 0.0
        for k, p in zip(S, shares(S)):
            norm = sum((1 - rho ** (j + 1)) / (1 - rho) for j in range(steps[k]))  # section 4 of the paper, momentum
            normed += p * (w - descend(k, w, rho=rho)) / (LR * norm)               # d_i = G a / |a|
            tau += p * norm
        w = w - tau * LR * normed                                                   # equation 7
        out.append(w.tolist())
    return out


def scaffold():
    x, c, ci, out = np.zeros(D), np.zeros(D), np.zeros((N, D)), []
    for S in chosen:
        ys, dc = {}, np.zeros(D)
        for k in S:
            ys[k] = descend(k, x, lambda _: c - ci[k])
            plus = ci[k] - c + (x - ys[k]) / (steps[k] * LR)
            dc += plus - ci[k]
            ci[k] = plus
        x = x + sum(p * (ys[k] - x) for k, p in zip(S, shares(S)))
        c = c + dc / N
        out.append(x.tolist())
    return out


def fed_dyn(alpha):
    """Equal rows, as in the paper."""
    theta, h, g, out = np.zeros(D), np.zeros(D), np.zeros((N, D)), []
    for S in chosen:
        thetas = []
        for k in S:
            local = descend(k, theta, lambda w: -g[k] + alpha * (w - theta))
            g[k] = g[k] - alpha * (local - theta)
            thetas.append(local)
        h = h - alpha / N * sum(t - theta for t in thetas)
        theta = np.mean(thetas, axis=0) - h / alpha
        out.append(theta.tolist())
    return out


def fed_yogi(eta=0.3, b1=0.9, b2=0.99, tau=1e-3):
    x, m, v, out = np.zeros(D), np.zeros(D), np.full(D, tau ** 2), []
    for S in chosen:
        delta = sum(p * (descend(k, x) - x) for k, p in zip(S, shares(S)))
        m = b1 * m + (1 - b1) * delta
        v = v - (1 - b2) * delta ** 2 * np.sign(v - delta ** 2)
        x = x + eta * m / (np.sqrt(v) + tau)
        out.append(x.tolist())
    return out


json.dump({
    "learningRate": LR, "a": a.tolist(), "b": b.tolist(), "rows": rows.tolist(), "steps": steps.tolist(), "chosen": chosen,
    "weights": {
        "fed-avg": fed_avg(), "fed-prox": fed_avg(mu=0.5), "fed-nova": fed_nova(rho=0.5), "scaffold": scaffold(),
        "fed-dyn": fed_dyn(alpha=0.2), "fed-yogi": fed_yogi(),
    },
}, open(os.path.join(here, "rounds.json"), "w"), indent=1)
