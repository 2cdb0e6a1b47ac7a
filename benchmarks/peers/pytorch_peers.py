"""The benchmarks' work in PyTorch and NumPy, on one thread. Prints JSON: {"versions": ..., "rates": {benchmark: rate}}.

Names and units are those of the benchmarks beside it; a name that they do not have (round-mlp-batched, averaging-numpy) is another way
to do the same work. Needs torch and numpy. Debian's PyTorch uses whichever BLAS is installed: the reference BLAS is some thirty times
slower than OpenBLAS, so the BLAS is named in the output, and the ratios mean little without libopenblas0-pthread.
"""

import argparse
import json
import os
import sys
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"  # before the libraries are loaded, which is when they read it

import numpy as np
import torch
import torch.nn.functional as F

torch.set_num_threads(1)
torch.manual_seed(1)


def best_seconds(work, seconds):
    """The best time of a call, of this thread's processor time: as the C# side measures it."""
    work()
    start = time.thread_time()
    work()
    calls = max(1, int(0.004 / (time.thread_time() - start)))
    best, spent, runs = float("inf"), 0.0, 0
    while runs < 5 or spent < seconds:
        start = time.thread_time()
        for _ in range(calls):
            work()
        elapsed = time.thread_time() - start
        best, spent, runs = min(best, elapsed / calls), spent + elapsed, runs + 1
    return best


def product(m, n, k, seconds, turn_a=False, turn_b=False):
    """GFLOP/s of A·B; a turned matrix is stored the other way round."""
    a = torch.rand(k, m).t() if turn_a else torch.rand(m, k)
    b = torch.rand(n, k).t() if turn_b else torch.rand(k, n)
    c = torch.empty(m, n)
    return 2e-9 * m * n * k / best_seconds(lambda: torch.mm(a, b, out=c), seconds)


def convolution(prefix, channels, outputs, size, padding, batch, seconds, rates):
    x = torch.rand(batch, channels, size, size)
    w = torch.rand(outputs, channels, 5, 5)
    bias = torch.rand(outputs)
    with torch.no_grad():
        y = F.conv2d(x, w, bias, padding=padding)
        flops = y.numel() * (2 * 25 * channels + 1)
        rates[f"{prefix}-forward"] = 1e-9 * flops / best_seconds(lambda: F.conv2d(x, w, bias, padding=padding), seconds)

        def backward(input_too):
            return torch.ops.aten.convolution_backward(
                y, x, w, [outputs], [1, 1], [padding, padding], [1, 1], False, [0, 0], 1, [input_too, True, True])

        rates[f"{prefix}-weights"] = 1e-9 * flops / best_seconds(lambda: backward(False), seconds)
        rates[f"{prefix}-backward"] = 1e-9 * y.numel() * (4 * 25 * channels + 1) / best_seconds(lambda: backward(True), seconds)


def mlp():
    return torch.nn.Sequential(torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10))


def mcmahan():
    return torch.nn.Sequential(
        torch.nn.Conv2d(1, 32, 5, padding=2), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
        torch.nn.Conv2d(32, 64, 5, padding=2), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
        torch.nn.Flatten(), torch.nn.Linear(3136, 512), torch.nn.ReLU(), torch.nn.Linear(512, 10))


def niid_bench():
    return torch.nn.Sequential(
        torch.nn.Conv2d(1, 6, 5), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
        torch.nn.Conv2d(6, 16, 5), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
        torch.nn.Flatten(), torch.nn.Linear(256, 120), torch.nn.ReLU(), torch.nn.Linear(120, 84), torch.nn.ReLU(), torch.nn.Linear(84, 10))


def fedavg_round(model, shape, sites, rows, epochs, batch):
    """A FedAvg round as one writes it: local SGD site after site, then the mean of the parameters."""
    data = [(torch.rand(rows, *shape), torch.randint(0, 10, (rows,))) for _ in range(sites)]
    parameters = list(model.parameters())

    def run():
        start = [p.detach().clone() for p in parameters]
        total = [torch.zeros_like(p) for p in start]
        for x, y in data:
            with torch.no_grad():
                for p, s in zip(parameters, start):
                    p.copy_(s)
            optimizer = torch.optim.SGD(parameters, lr=0.01)
            for _ in range(epochs):
                order = torch.randperm(rows)
                for at in range(0, rows, batch):
                    chosen = order[at:at + batch]
                    optimizer.zero_grad(set_to_none=True)
                    F.cross_entropy(model(x[chosen]), y[chosen]).backward()
                    optimizer.step()
            with torch.no_grad():
                for t, p in zip(total, parameters):
                    t.add_(p, alpha=1 / sites)
        with torch.no_grad():
            for p, t in zip(parameters, total):
                p.copy_(t)

    return run


def batched_round(sites, rows, epochs, batch):
    """The MLP's round with all sites in one batched product a layer, gradients by hand: what eager PyTorch can be made to do."""
    x, y = torch.rand(sites, rows, 784), torch.randint(0, 10, (sites, rows))
    first = [torch.rand(784, 128) * 0.05, torch.zeros(128), torch.rand(128, 10) * 0.1, torch.zeros(10)]

    def run():
        w1, b1, w2, b2 = (p.expand(sites, *p.shape).clone() for p in first)
        b1, b2 = b1.unsqueeze(1), b2.unsqueeze(1)
        for _ in range(epochs):
            order = torch.argsort(torch.rand(sites, rows), dim=1)
            for at in range(0, rows, batch):
                chosen = order[:, at:at + batch]
                xb = torch.gather(x, 1, chosen.unsqueeze(2).expand(-1, -1, 784))
                hidden = torch.relu(torch.baddbmm(b1, xb, w1))
                dz = torch.softmax(torch.baddbmm(b2, hidden, w2), dim=2)
                dz.scatter_add_(2, torch.gather(y, 1, chosen).unsqueeze(2), torch.full((sites, batch, 1), -1.0))
                dz.div_(batch)
                dh = torch.bmm(dz, w2.transpose(1, 2)) * (hidden > 0)
                w2.baddbmm_(hidden.transpose(1, 2), dz, alpha=-0.01)
                b2.sub_(dz.sum(1, keepdim=True), alpha=0.01)
                w1.baddbmm_(xb.transpose(1, 2), dh, alpha=-0.01)
                b1.sub_(dh.sum(1, keepdim=True), alpha=0.01)
        for p, all_sites in zip(first, (w1, b1.squeeze(1), w2, b2.squeeze(1))):
            p.copy_(all_sites.mean(0))

    return run


def averaging(models, parameters, seconds, rates):
    weights = np.arange(600, 600 + models, dtype=np.float32)
    weights /= weights.sum()
    vectors = [np.full(parameters, 0.1, dtype=np.float32) for _ in range(models)]
    gigabytes = 4e-9 * models * parameters
    total, term = np.empty(parameters, dtype=np.float32), np.empty(parameters, dtype=np.float32)

    def in_numpy():
        total.fill(0)
        for w, v in zip(weights, vectors):
            np.multiply(v, w, out=term)
            np.add(total, term, out=total)

    tensors, sums = [torch.from_numpy(v) for v in vectors], torch.empty(parameters)

    def in_torch():
        sums.zero_()
        for w, t in zip(weights.tolist(), tensors):
            sums.add_(t, alpha=w)

    rates["averaging-numpy"] = gigabytes / best_seconds(in_numpy, seconds)
    rates["averaging"] = gigabytes / best_seconds(in_torch, seconds)


def blas():
    """The BLAS library in this process."""
    try:
        with open("/proc/self/maps", encoding="ascii") as maps:
            files = {os.path.realpath(line.split()[-1]) for line in maps if "blas" in line.lower() or "mkl" in line.lower()}
    except OSError:
        files = set()
    names = [os.path.basename(f) for f in files if "openblas" in f or "mkl" in f or os.path.basename(f).startswith("libblas")]
    return (", ".join(sorted(set(names))) or "of its own") + f" (OPENBLAS_CORETYPE {os.environ.get('OPENBLAS_CORETYPE', 'not set')})"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--quick", action="store_true", help="less data and shorter measurements")
    quick = arguments.parse_args().quick
    seconds = 0.3 if quick else 2.0
    rates = {"sgemm-1024": product(1024, 1024, 1024, seconds), "sgemm-2048": product(2048, 2048, 2048, seconds)}
    for name, inputs, outputs in (("mlp", 784, 128), ("cnn-fc", 3136, 512)):
        rates[f"{name}-forward"] = product(20, outputs, inputs, seconds)
        rates[f"{name}-weights"] = product(inputs, outputs, 20, seconds, turn_a=True)
        rates[f"{name}-inputs"] = product(20, inputs, outputs, seconds, turn_b=True)
    convolution("conv-1-32", 1, 32, 28, 2, 20, seconds, rates)
    convolution("conv-32-64", 32, 64, 14, 2, 20, seconds, rates)
    convolution("conv-1-6", 1, 6, 28, 0, 64, seconds, rates)
    convolution("conv-6-16", 6, 16, 12, 0, 64, seconds, rates)

    sites = 2 if quick else 10
    rates["round-mlp"] = 30_000 / best_seconds(fedavg_round(mlp(), (784,), 10, 600, 5, 20), seconds)
    with torch.no_grad():
        rates["round-mlp-batched"] = 30_000 / best_seconds(batched_round(10, 600, 5, 20), seconds)
    few = 1 if quick else 4
    rates["round-mcmahan-cnn"] = few * 600 / best_seconds(fedavg_round(mcmahan(), (1, 28, 28), few, 600, 1, 20), seconds)
    rates["round-niid-cnn"] = sites * 640 / best_seconds(fedavg_round(niid_bench(), (1, 28, 28), sites, 640, 1, 64), seconds)
    clients = 200 if quick else 1000
    rates["many-clients"] = clients / best_seconds(fedavg_round(mlp(), (784,), clients, 20, 1, 20), seconds)
    averaging(20 if quick else 100, 10_000_000, seconds, rates)
    json.dump({"versions": f"PyTorch {torch.__version__}, NumPy {np.__version__}, BLAS {blas()}", "rates": rates}, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
