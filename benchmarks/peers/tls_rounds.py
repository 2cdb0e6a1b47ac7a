"""Rounds of ten processes over bare TLS sockets: what no coordinator can leave out that encrypts, names bodies by their SHA-256 and keeps an update before it acknowledges it.

Every process sends an update of a million 32-bit floats and its hash, and gets the average back, whose hash it takes. The server takes the update's hash, writes it to a file, waits for
the disk, and adds it up. Sockets block, OpenSSL works on them directly, and there is no HTTP, no message beside the bodies, no signature, no ledger and no training. Prints the median
round in seconds.

    python3 tls_rounds.py [PARAMETERS [ROUNDS]]

Needs NumPy and cryptography (Debian: python3-numpy python3-cryptography).
"""
import datetime
import hashlib
import multiprocessing
import os
import socket
import ssl
import statistics
import sys
import tempfile
import threading
import time

import numpy
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

SITES, WARM, FLOAT, HASH = 10, 5, 4, 32


def certificate(folder):
    """A key and a certificate over it, in one PEM file."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.timezone.utc)
    own = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    own = own.not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1)).sign(key, hashes.SHA256())
    path = os.path.join(folder, "key.pem")
    with open(path, "wb") as file:
        file.write(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
        file.write(own.public_bytes(serialization.Encoding.PEM))
    return path


def fill(connection, buffer):
    """Reads until the buffer is full; False where the other end has gone before its first byte."""
    view, read = memoryview(buffer), 0
    while read < len(view):
        count = connection.recv_into(view[read:])
        if count == 0:
            if read == 0:
                return False
            raise ConnectionError("The other end left within a body.")
        read += count
    return True


class Server:
    """Serves each site by a thread, and holds its answer until all of the round are there."""

    def __init__(self, parameters, folder):
        self.parameters, self.folder = parameters, folder
        self.sum, self.lock, self.barrier = numpy.zeros(parameters, numpy.float64), threading.Lock(), threading.Barrier(SITES, self.average)
        self.seconds, self.last = [], time.perf_counter()

    def average(self):
        self.model = (self.sum / SITES).astype(numpy.float32).tobytes()
        self.sum[:] = 0
        now = time.perf_counter()
        self.seconds.append(now - self.last)
        self.last = now

    def serve(self, connection, number):
        body, named = bytearray(FLOAT * self.parameters), bytearray(HASH)
        with connection, open(os.path.join(self.folder, f"{number}"), "wb", buffering=0) as file:
            while fill(connection, body):
                fill(connection, named)
                if hashlib.sha256(body).digest() != named:
                    raise ValueError("An update has another hash than it should have.")
                file.seek(0)
                file.write(body)
                os.fsync(file.fileno())
                with self.lock:
                    self.sum += numpy.frombuffer(body, numpy.float32)
                self.barrier.wait()
                connection.sendall(self.model)


def site(port, parameters, rounds):
    update, model = numpy.random.default_rng(port).standard_normal(parameters).astype(numpy.float32).tobytes(), bytearray(FLOAT * parameters)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", port)) as plain, context.wrap_socket(plain) as connection:
        for _ in range(rounds):
            named = hashlib.sha256(update).digest()
            connection.sendall(update)
            connection.sendall(named)
            fill(connection, model)
            hashlib.sha256(model).digest()


def main():
    parameters, rounds = (int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000), (int(sys.argv[2]) if len(sys.argv) > 2 else 40)
    if parameters < 1 or rounds <= WARM:
        sys.exit(f"PARAMETERS must be at least 1 and ROUNDS more than {WARM} (were {parameters} and {rounds}).")
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as listener:
        context, server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), Server(parameters, folder)
        context.load_cert_chain(certificate(folder))
        spawn = multiprocessing.get_context("spawn")
        sites = [spawn.Process(target=site, args=(listener.getsockname()[1], parameters, rounds)) for _ in range(SITES)]
        for process in sites:
            process.start()
        for number in range(SITES):
            connection = context.wrap_socket(listener.accept()[0], server_side=True)
            threading.Thread(target=server.serve, args=(connection, number), daemon=True).start()
        for process in sites:
            process.join()
    print(f"{statistics.median(server.seconds[WARM:]):.3f} s a round, median of {rounds - WARM}; the fastest {min(server.seconds[WARM:]):.3f} s")


if __name__ == "__main__":
    main()
