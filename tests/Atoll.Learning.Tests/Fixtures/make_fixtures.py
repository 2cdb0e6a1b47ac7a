"""Writes the numbers that the engine is held against, from PyTorch in double precision and from scikit-learn.

Needs Debian's python3-torch and python3-sklearn:  /usr/bin/python3 make_fixtures.py
Inputs are not stored: both sides compute them with `draw`, which is exact in 32-bit floats.
Everything is in Atoll's layout: images [height, width, channels], Linear weights [inputs, outputs],
convolution weights [height, width, inputs, outputs].
"""
import json
import os

import numpy as np
import torch
import torch.nn.functional as F
from sklearn import metrics

HERE = os.path.dirname(os.path.abspath(__file__))
MASK = np.uint64(0xFFFFFFFF)


def draw(count, salt, scale=1.0):
    """`count` numbers in [-1/2, 1/2) · scale: the same function as Draw.Numbers in the tests."""
    h = (np.arange(count, dtype=np.uint64) * np.uint64(2654435761) + np.uint64(salt) * np.uint64(0x9E3779B9)) & MASK
    h ^= h >> np.uint64(15)
    h = (h * np.uint64(2246822519)) & MASK
    h ^= h >> np.uint64(13)
    return ((h >> np.uint64(8)).astype(np.float32) / np.float32(1 << 24) - np.float32(0.5)) * np.float32(scale)


def tensor(shape, salt, scale=1.0):
    return torch.tensor(draw(int(np.prod(shape)), salt, scale).astype(np.float64).reshape(shape), requires_grad=True)


def rounded(values):
    return [float(f"{v:.9g}") for v in np.asarray(values, dtype=np.float64).reshape(-1)]


# Functions in Atoll's layout -----------------------------------------------------------------------------------------

def linear(x, w, b):
    return x @ w + b


def conv(x, w, b, padding=0, stride=1):
    y = F.conv2d(x.permute(0, 3, 1, 2), w.permute(3, 2, 0, 1), b, stride=stride, padding=padding)
    return y.permute(0, 2, 3, 1)


def pool(function):
    return lambda x, size: function(x.permute(0, 3, 1, 2), size).permute(0, 2, 3, 1)


max_pool, avg_pool = pool(F.max_pool2d), pool(F.avg_pool2d)


def layer_norm(x, w, b):
    return F.layer_norm(x, x.shape[-1:], w, b, 1e-5)


def group_norm(x, w, b, groups):
    return F.group_norm(x.permute(0, 3, 1, 2), groups, w, b, 1e-5).permute(0, 2, 3, 1)


def gelu(x):
    return F.gelu(x, approximate="tanh")


# Layers --------------------------------------------------------------------------------------------------------------

def layer(name, batch, shape, parameters, function, scale=1.0, tokens=None):
    """One layer: output, and gradients for the output gradient draw(…, salt 3)."""
    x = tensor((batch, *shape), 1, scale)
    p = tensor((int(sum(np.prod(s) for s in parameters)),), 2) if parameters else None
    parts, at = [], 0
    for s in parameters:
        n = int(np.prod(s))
        parts.append(p[at:at + n].reshape(s))
        at += n
    if tokens:
        indices = torch.tensor(((x.detach().numpy() + 0.5) * tokens).astype(np.int64))
        y = function(indices, *parts)
    else:
        y = function(x, *parts)
    dy = torch.tensor(draw(y.numel(), 3).astype(np.float64).reshape(y.shape))
    y.backward(dy)
    return {
        "name": name, "batch": batch, "scale": scale, "output": rounded(y.detach()),
        "inputGradient": [] if tokens else rounded(x.grad), "parameterGradient": rounded(p.grad) if parameters else [],
    }


def layers():
    yield layer("linear", 3, (5,), [(5, 7), (7,)], linear)
    yield layer("linear of tokens", 2, (4, 6), [(6, 3), (3,)], linear)
    yield layer("conv 3x3, padding 1", 2, (5, 7, 3), [(3, 3, 3, 4), (4,)], lambda x, w, b: conv(x, w, b, 1))
    yield layer("conv 5x5, padding 2, stride 2", 2, (9, 6, 2), [(5, 5, 2, 9), (9,)], lambda x, w, b: conv(x, w, b, 2, 2))
    yield layer("conv 4x4, padding 1, stride 3, places left over", 1, (9, 8, 1), [(4, 4, 1, 2), (2,)], lambda x, w, b: conv(x, w, b, 1, 3))
    yield layer("conv 2x2, stride 3, gaps", 2, (6, 8, 2), [(2, 2, 2, 3), (3,)], lambda x, w, b: conv(x, w, b, 0, 3))
    yield layer("conv 1x1", 2, (3, 2, 5), [(1, 1, 5, 3), (3,)], conv)
    yield layer("max pool 2, places left over", 2, (5, 7, 9), [], lambda x: max_pool(x, 2))
    yield layer("max pool 3", 1, (6, 7, 3), [], lambda x: max_pool(x, 3))
    yield layer("average pool 2, places left over", 2, (5, 6, 10), [], lambda x: avg_pool(x, 2))
    for name, function in [("relu", torch.relu), ("gelu", gelu), ("tanh", torch.tanh), ("sigmoid", torch.sigmoid)]:
        yield layer(name, 3, (13,), [], function, scale=8.0)
    yield layer("layer norm of tokens", 2, (3, 8), [(8,), (8,)], layer_norm, scale=3.0)
    yield layer("layer norm of an image", 1, (3, 4, 5), [(5,), (5,)], layer_norm)
    yield layer("group norm", 2, (4, 5, 6), [(6,), (6,)], lambda x, w, b: group_norm(x, w, b, 3))
    yield layer("group norm, one group", 1, (3, 3, 4), [(4,), (4,)], lambda x, w, b: group_norm(x, w, b, 1))
    yield layer("embedding", 3, (4,), [(9, 5)], lambda t, w: F.embedding(t, w), tokens=9)
    yield layer("residual", 3, (6,), [(6, 4), (4,), (4, 6), (6,)], lambda x, w, b, v, c: x + linear(torch.tanh(linear(x, w, b)), v, c))
    yield layer("residual block of tokens", 2, (3, 8), [(8,), (8,), (8, 16), (16,), (16, 8), (8,)],
                lambda x, g, s, w, b, v, c: x + linear(gelu(linear(layer_norm(x, g, s), w, b)), v, c))


# Whole networks ------------------------------------------------------------------------------------------------------

def network(name, batch, shape, tensors, function, classes, tokens=None):
    """Loss and gradients of a network whose tensors are each draw(…, 100 + place) · 2/√inputs; at most 40 entries of each gradient."""
    x = tensor((batch, *shape), 1, 2.0)
    parameters = []
    for place, s in enumerate(tensors):
        fan = int(np.prod(s[:-1])) if len(s) > 1 else 1
        parameters.append(tensor(s, 100 + place, 2.0 / np.float32(np.sqrt(np.float32(fan)))))
    inputs = torch.tensor(((x.detach().numpy() / 2 + 0.5) * tokens).astype(np.int64)) if tokens else x
    z = function(inputs, *parameters)
    targets = torch.arange(batch) % max(classes, 2)
    loss = (F.cross_entropy(z, targets) if classes > 2
            else F.binary_cross_entropy_with_logits(z[:, 0], targets.double()))
    loss.backward()
    sampled = []
    for p in parameters:
        g = p.grad.numpy().reshape(-1)
        sampled.append({"every": max(1, len(g) // 40), "values": rounded(g[::max(1, len(g) // 40)])})
    return {"name": name, "batch": batch, "loss": float(loss.detach()), "output": rounded(z.detach()), "gradients": sampled}


def cnn(x, convolutions, hidden, padding):
    for w, b in convolutions:
        x = max_pool(torch.relu(conv(x, w, b, padding)), 2)
    x = x.flatten(1)
    for w, b in hidden[:-1]:
        x = torch.relu(linear(x, w, b))
    return linear(x, *hidden[-1])


def pairs(values):
    return list(zip(values[::2], values[1::2]))


def networks():
    yield network("mlp", 5, (11,), [(11, 9), (9,), (9, 6), (6,), (6, 4), (4,)],
                  lambda x, *p: linear(torch.tanh(linear(torch.tanh(linear(x, *p[:2])), *p[2:4])), *p[4:]), 4)
    yield network("logistic", 7, (6,), [(6, 1), (1,)], linear, 2)
    yield network("mcmahan-cnn", 2, (28, 28, 1), [(5, 5, 1, 32), (32,), (5, 5, 32, 64), (64,), (3136, 512), (512,), (512, 10), (10,)],
                  lambda x, *p: cnn(x, pairs(p[:4]), pairs(p[4:]), 2), 10)
    yield network("niid-bench-cnn", 3, (28, 28, 1),
                  [(5, 5, 1, 6), (6,), (5, 5, 6, 16), (16,), (256, 120), (120,), (120, 84), (84,), (84, 10), (10,)],
                  lambda x, *p: cnn(x, pairs(p[:4]), pairs(p[4:]), 0), 10)
    yield network("residual block over an embedding", 3, (4,),
                  [(9, 8), (8,), (8,), (8, 12), (12,), (12, 8), (8,), (32, 3), (3,)],
                  lambda t, e, g, s, w, b, v, c, h, d: linear(
                      (lambda x: x + linear(gelu(linear(layer_norm(x, g, s), w, b)), v, c))(F.embedding(t, e)).flatten(1), h, d), 3, tokens=9)


# Losses --------------------------------------------------------------------------------------------------------------

def losses():
    def one(name, outputs, targets, function, predict):
        z = tensor((len(targets), outputs), 5, 10.0)
        t = torch.tensor(targets)
        loss = function(z if outputs > 1 else z[:, 0], t if outputs > 1 else t.double())
        loss.backward()
        return {"name": name, "targets": [float(v) for v in targets], "mean": float(loss.detach()), "gradient": rounded(z.grad),
                "predictions": rounded(predict(z.detach()))}

    classes, values = [3, 0, 2, 1, 4, 4], [0.5, -1.25, 3.0, 0.0, -4.0, 2.5]
    yield one("softmax cross-entropy", 5, classes, F.cross_entropy, lambda z: torch.softmax(z, 1))
    yield one("binary cross-entropy", 1, [1, 0, 0, 1, 1, 0], F.binary_cross_entropy_with_logits, torch.sigmoid)
    yield one("squared error", 1, values, F.mse_loss, lambda z: z)
    yield one("huber, delta 1", 1, values, lambda z, t: F.huber_loss(z, t, delta=1.0), lambda z: z)
    yield one("huber, delta 2.5", 1, values, lambda z, t: F.huber_loss(z, t, delta=2.5), lambda z: z)


# Optimizers ----------------------------------------------------------------------------------------------------------

def optimizers():
    """11 weights, 15 steps, gradient = draw(11, 200 + step) + ¼ weights; the learning rate halves after 8 steps."""
    def one(name, make):
        w = tensor((11,), 6, 2.0)
        optimizer = make([w])
        after = []
        for step in range(15):
            w.grad = torch.tensor(draw(11, 200 + step).astype(np.float64)) + 0.25 * w.detach()
            if step == 8:
                for group in optimizer.param_groups:
                    group["lr"] /= 2
            optimizer.step()
            if step in (0, 14):
                after.append(rounded(w.detach()))
        return {"name": name, "first": after[0], "last": after[1]}

    sgd, adam, adamw = torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW
    yield one("sgd", lambda p: sgd(p, lr=0.125))
    yield one("sgd, momentum", lambda p: sgd(p, lr=0.0625, momentum=0.875))
    yield one("sgd, nesterov, weight decay", lambda p: sgd(p, lr=0.0625, momentum=0.875, nesterov=True, weight_decay=0.125))
    yield one("sgd, weight decay", lambda p: sgd(p, lr=0.125, weight_decay=0.25))
    yield one("adam", lambda p: adam(p, lr=0.015625))
    yield one("adam, weight decay", lambda p: adam(p, lr=0.015625, betas=(0.75, 0.875), eps=1e-3, weight_decay=0.125))
    yield one("adamw", lambda p: adamw(p, lr=0.015625))
    yield one("adamw, weight decay", lambda p: adamw(p, lr=0.015625, weight_decay=0.25))


# Metrics -------------------------------------------------------------------------------------------------------------

def metrics_of_classes():
    for name, rows, outputs, coarse in [("binary", 40, 1, None), ("binary with ties", 40, 1, 4), ("three classes", 50, 3, None), ("four classes with ties", 60, 4, 5)]:
        p = draw(rows * outputs, 7).astype(np.float64).reshape(rows, outputs) + 0.5
        if coarse:
            p = np.floor(p * coarse) / coarse
        if outputs > 1:
            p = (p + 0.125) / (p + 0.125).sum(1, keepdims=True)
        p = p.astype(np.float32)
        if outputs > 1 and coarse:
            p = (p * 64).round() / 64
            p[:, -1] = 1 - p[:, :-1].sum(1)
        t = np.floor((draw(rows, 8).astype(np.float64) + 0.5) * max(2, outputs)).astype(int)
        chosen = (p[:, 0] >= 0.5).astype(int) if outputs == 1 else p.argmax(1)
        auc = metrics.roc_auc_score(t, p[:, 0]) if outputs == 1 else metrics.roc_auc_score(t, p / p.sum(1, keepdims=True), multi_class="ovr", average="macro")
        auc_by_class = auc if outputs == 1 else np.mean([metrics.roc_auc_score(t == c, p[:, c]) for c in range(outputs)])
        assert abs(auc - auc_by_class) < 1e-3  # the first one divides by sums that are 1 up to rounding
        yield {"name": name, "outputs": outputs, "predictions": rounded(p), "targets": [int(v) for v in t],
               "accuracy": metrics.accuracy_score(t, chosen), "auc": float(auc_by_class), "f1": metrics.f1_score(t, chosen, average="macro")}


def metrics_of_values():
    t, y = draw(30, 9, 4.0), draw(30, 9, 3.0) + draw(30, 10)
    return {"predictions": rounded(y), "targets": rounded(t), "meanAbsoluteError": float(metrics.mean_absolute_error(t.astype(np.float64), y.astype(np.float64))),
            "rootMeanSquaredError": float(np.sqrt(metrics.mean_squared_error(t.astype(np.float64), y.astype(np.float64)))),
            "r2": float(metrics.r2_score(t.astype(np.float64), y.astype(np.float64)))}


def write(name, content):
    with open(os.path.join(HERE, name), "w") as file:
        json.dump(content, file, separators=(",", ":"))
        file.write("\n")


write("draw.json", rounded(draw(12, 1)) + rounded(draw(12, 7, 3.0)))
write("layers.json", list(layers()))
write("networks.json", list(networks()))
write("losses.json", list(losses()))
write("optimizers.json", list(optimizers()))
write("metrics.json", {"classes": list(metrics_of_classes()), "values": metrics_of_values()})
