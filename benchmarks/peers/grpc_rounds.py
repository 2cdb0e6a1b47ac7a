"""Rounds of ten processes over gRPC without TLS: what frameworks like Flower have beneath them, and nothing of their own.

Every process sends an update of a million 32-bit floats and gets the average back; nothing is trained, encrypted, hashed, checked or kept. Prints the median round in seconds.

    python3 grpc_rounds.py [PARAMETERS [ROUNDS]]

Needs NumPy and grpcio (Debian: python3-numpy python3-grpcio).
"""
import multiprocessing
import statistics
import sys
import threading
import time
from concurrent import futures

import grpc
import numpy

SITES, WARM = 10, 5
LARGE = [("grpc.max_send_message_length", -1), ("grpc.max_receive_message_length", -1)]
METHOD = "/rounds.Rounds/Average"


class Server:
    """Holds each site's call until all of the round are there."""

    def __init__(self, parameters):
        self.sum = numpy.zeros(parameters, numpy.float64)
        self.lock, self.barrier, self.seconds, self.last = threading.Lock(), threading.Barrier(SITES, self.average), [], time.perf_counter()

    def average(self):
        self.model = (self.sum / SITES).astype(numpy.float32).tobytes()
        self.sum[:] = 0
        now = time.perf_counter()
        self.seconds.append(now - self.last)
        self.last = now

    def answer(self, update, _):
        with self.lock:
            self.sum += numpy.frombuffer(update, numpy.float32)
        self.barrier.wait()
        return self.model


def site(port, parameters, rounds):
    update = numpy.random.default_rng(port).standard_normal(parameters).astype(numpy.float32)
    with grpc.insecure_channel(f"127.0.0.1:{port}", LARGE) as channel:
        call = channel.unary_unary(METHOD)
        for _ in range(rounds):
            call(update.tobytes(), wait_for_ready=True)


def main():
    parameters, rounds = (int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000), (int(sys.argv[2]) if len(sys.argv) > 2 else 40)
    if parameters < 1 or rounds <= WARM:
        sys.exit(f"PARAMETERS must be at least 1 and ROUNDS more than {WARM} (were {parameters} and {rounds}).")
    context = multiprocessing.get_context("spawn")
    state = Server(parameters)
    server = grpc.server(futures.ThreadPoolExecutor(SITES), options=LARGE)
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("rounds.Rounds", {"Average": grpc.unary_unary_rpc_method_handler(state.answer)}),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    sites = [context.Process(target=site, args=(port, parameters, rounds)) for _ in range(SITES)]
    for process in sites:
        process.start()
    for process in sites:
        process.join()
    server.stop(None)
    print(f"{statistics.median(state.seconds[WARM:]):.3f} s a round, median of {rounds - WARM}")


if __name__ == "__main__":
    main()
