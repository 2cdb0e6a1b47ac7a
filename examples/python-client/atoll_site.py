#!/usr/bin/env python3
"""A site of an Atoll run, from docs/protocol.md alone: joins with a token and trains logistic regression on a CSV file. Needs numpy and cryptography.

    python3 atoll_site.py TOKEN --data FILE.csv [--split split] [--state FOLDER]

Shows how little a client needs. It keeps its key, and nothing else: what `atoll join` does beyond that (a witness's heads, an audit log, an update that survives a
restart, a meter) is left out.
"""
import argparse
import base64
import csv
import hashlib
import http.client
import json
import os
import pathlib
import random
import secrets
import ssl
import struct
import time
from urllib.parse import urlsplit

import numpy as np
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
MISSING = {"", "?", "NA", "NaN", "nan", "null"}


class Coordinator:
    """Requests over TLS that believes one authority only: the one whose fingerprint the token carries."""

    def __init__(self, token):
        url = urlsplit(token["url"])
        self.host, self.port, self.secret, self.connection = url.hostname, url.port or 443, token["secret"], None
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.tls.check_hostname, self.tls.verify_mode = False, ssl.CERT_NONE  # for one request, whose answer is believed by its hash
        pem = self.request("GET", "/v1/authority", signed_in=False)[1].decode()
        if hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest() != token["authority"]:
            raise SystemExit("The coordinator's authority is not the one that the token names: this is another coordinator, or someone in between.")
        self.connection, self.tls = None, ssl.create_default_context(cadata=pem)

    def show(self, certificate, key):
        """Mutual TLS from now on."""
        self.tls.load_cert_chain(certificate, key)
        self.secret = self.connection = None

    def request(self, method, path, body=None, kind="application/json", signed_in=True):
        """Goes on trying while the network or the coordinator is down; 4xx is final."""
        wait = 0.5
        while True:
            try:
                if self.connection is None:
                    self.connection = http.client.HTTPSConnection(self.host, self.port, context=self.tls, timeout=90)
                headers = {"Content-Type": kind} if body is not None else {}
                if signed_in and self.secret:
                    headers["Authorization"] = f"Bearer {self.secret}"
                self.connection.request(method, path, body, headers)
                answer = self.connection.getresponse()
                content = answer.read()
                if answer.status < 400:
                    return answer, content
                if answer.status < 500 and answer.status != 429:
                    problem = json.loads(content) if content else {"code": str(answer.status), "message": answer.reason}
                    raise SystemExit(f"The coordinator refused: {problem['message']} ({problem['code']})")
            except (OSError, http.client.HTTPException) as broken:
                if isinstance(broken, ssl.SSLCertVerificationError):
                    raise
            self.connection = None
            time.sleep(random.uniform(0, wait))
            wait = min(30, 2 * wait)

    def get(self, path):
        return json.loads(self.request("GET", path)[1])

    def post(self, path, message):
        content = self.request("POST", path, json.dumps(message).encode())[1]
        return json.loads(content) if content else None

    def model(self, name):
        body = self.request("GET", f"/v1/models/{name}")[1]
        assert hashlib.sha256(body).hexdigest() == name, "the model is not the one that was announced"
        return tensors(body)


def tensors(body):
    """Safetensors to vectors by name: https://github.com/huggingface/safetensors#format"""
    length = struct.unpack("<Q", body[:8])[0]
    header = json.loads(body[8:8 + length])
    return {name: np.frombuffer(body, "<f4", offset=8 + length + at["data_offsets"][0], count=(at["data_offsets"][1] - at["data_offsets"][0]) // 4)
            for name, at in header.items() if name != "__metadata__"}


def body_of(vector):
    header = json.dumps({"update": {"dtype": "F32", "shape": [len(vector)], "data_offsets": [0, 4 * len(vector)]}}, separators=(",", ":"))
    header += " " * (-len(header) % 8)
    return struct.pack("<Q", len(header)) + header.encode() + vector.astype("<f4").tobytes()


def number(value):
    """As ECMAScript, and so RFC 8785, writes it."""
    if abs(value) < 1e21 and value == int(value):
        return str(int(value))
    if 1e-6 <= abs(value) < 1e21:
        return np.format_float_positional(value, trim="-")
    mantissa, exponent = repr(value).split("e")
    return f"{mantissa}e{int(exponent):+d}"


def canonical(value):
    if isinstance(value, dict):  # by UTF-16 code units
        return "{" + ",".join(f"{canonical(k)}:{canonical(value[k])}" for k in sorted(value, key=lambda k: k.encode("utf-16-be"))) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number(value)
    return json.dumps(value, ensure_ascii=False)


def sign(key, run, site, kind, said):
    """A statement in the site's name: docs/ledger.md, 'A site's word'."""
    statement = {**said, "run": run, "site": site, "nonce": secrets.token_hex(16)}
    r, s = decode_dss_signature(key.sign(f"atoll ledger v1 {kind}\n{canonical(statement)}".encode(), ec.ECDSA(hashes.SHA256())))
    signature = r.to_bytes(32, "big") + min(s, ORDER - s).to_bytes(32, "big")
    return {"author": site, "statement": statement, "signature": base64.b64encode(signature).decode()}


class Rows:
    """The CSV file: what it tells of itself, and, by a schema, numbers."""

    def __init__(self, path, label, split):
        with open(path, newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.columns = [name for name in rows[0] if name not in (label, split)]
        self.rows = [row for row in rows if not MISSING & {row[name].strip() for name in [*self.columns, label]}]
        self.label, self.split = label, split

    def summary(self):
        return {"columns": [self.tell(name) for name in self.columns], "label": {**self.tell(self.label), "levels": self.levels(self.label)}}

    def levels(self, name):
        return sorted({row[name] for row in self.rows})

    def tell(self, name):
        try:
            [float(row[name]) for row in self.rows]
            return {"name": name, "isNumeric": True}
        except ValueError:
            return {"name": name, "isNumeric": False, "levels": self.levels(name)}

    def encode(self, schema):
        columns = []
        for column in schema["columns"]:
            levels = column.get("levels")
            columns += [[float(row[column["name"]]) for row in self.rows]] if levels is None else [
                [float(row[column["name"]] == level) for row in self.rows] for level in levels[1 if schema.get("dropFirst") else 0:]]
        x = np.array(columns).T
        classes = schema["classes"]
        y = np.array([classes.index(row[self.label]) for row in self.rows])
        test = np.array([row[self.split] == "test" for row in self.rows]) if self.split else np.arange(len(y)) >= 0.8 * len(y)
        mean, deviation = x[~test].mean(0), x[~test].std(0, ddof=1)
        x = (x - mean) / np.where(deviation == 0, 1, deviation)
        counts = {name: int((y == i).sum()) for i, name in enumerate(classes)}
        return x[~test], y[~test], x[test], y[test], counts


def losses(weights, x, y):
    """Each row's cross-entropy, its gradient by the outputs, and the likeliest class. W is [inputs, outputs], then the biases; two classes have one output."""
    outputs, inputs = len(weights) // (x.shape[1] + 1), x.shape[1]
    z = x @ weights[:inputs * outputs].reshape(-1, outputs) + weights[inputs * outputs:]
    if outputs == 1:
        z = z[:, 0]
        return np.logaddexp(0, z) - y * z, (1 / (1 + np.exp(-z)) - y)[:, None], (z > 0).astype(int)
    z = z - z.max(1, keepdims=True)
    log = z - np.log(np.exp(z).sum(1, keepdims=True))
    return -log[np.arange(len(y)), y], np.exp(log) - np.eye(outputs)[y], z.argmax(1)


def train(weights, x, y, work, rate, batch):
    """Plain SGD over reshuffled passes."""
    w, rng, total = weights.astype(np.float64), np.random.default_rng(work["task"]), 0.0
    steps = work.get("localSteps") or work["localEpochs"] * -(-len(y) // batch)
    order, samples = [], 0
    for _ in range(steps):
        order = order or np.array_split(rng.permutation(len(y)), -(-len(y) // batch))
        rows = order.pop()
        loss, by_output, _ = losses(w, x[rows], y[rows])
        w -= rate * work.get("learningRateFactor", 1) * np.concatenate([(x[rows].T @ by_output).ravel(), by_output.sum(0)]) / len(rows)
        total, samples = total + loss.mean(), samples + len(rows)
    return (w - weights).astype(np.float32), steps, samples, total / steps


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("token")
    parser.add_argument("--data", required=True)
    parser.add_argument("--label", required=True, help="the column to predict")
    parser.add_argument("--split", help="a column of train and test; else the last fifth of the rows is for testing")
    parser.add_argument("--learning-rate", type=float, default=0.001), parser.add_argument("--batch-size", type=int, default=4)
    parser.add_argument("--state", help="a private folder for the key")
    asked = parser.parse_args()
    text = asked.token.removeprefix("atoll1_")
    token = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    site, state = token["site"], asked.state or f"python-site-{token['site']}"
    os.makedirs(state, mode=0o700, exist_ok=True)

    key = ec.generate_private_key(ec.SECP256R1())
    public = base64.b64encode(key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)).decode()
    key_file, certificate_file = os.path.join(state, "key.pem"), os.path.join(state, "certificate.pem")
    with open(os.open(key_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))

    coordinator, rows = Coordinator(token), Rows(asked.data, asked.label, asked.split)
    run = coordinator.get("/v1/run")
    say = lambda kind, said: {**said, "signed": sign(key, run["run"], site, kind, said)}
    reply = coordinator.post("/v1/enrolments", {"site": site, "key": public, "client": "atoll_site.py", "summaries": {arm: rows.summary() for arm in run["arms"]},
                                                "signed": sign(key, run["run"], site, "site-enrolled", {"key": public})})
    pathlib.Path(certificate_file).write_text(reply["certificate"], encoding="ascii")
    coordinator.show(certificate_file, key_file)
    data = {}
    while (work := coordinator.get("/v1/work?wait=30"))["kind"] != "end":
        if work["kind"] == "prepare":
            data = {arm: rows.encode(schema) for arm, schema in work["schemas"].items()}
            prepared = {arm: {"trainRows": len(own[1]), "testRows": len(own[3]), "labels": own[4]} for arm, own in data.items()}
            coordinator.post("/v1/preparations", say("site-prepared", {"arms": prepared}))
        elif work["kind"] == "train":
            x, y, *_ = data[work["arm"]]
            began = time.monotonic()
            update, steps, samples, loss = train(coordinator.model(work["model"])["weights"], x, y, work, asked.learning_rate, asked.batch_size)
            name = hashlib.sha256(body := body_of(update)).hexdigest()
            coordinator.request("PUT", f"/v1/uploads/{name}", body, "application/octet-stream")
            which = "turn" if "turn" in work else "round"  # where updates are buffered, the coordinator says in which round this one counts
            said = {"task": work["task"], "arm": work["arm"], which: work[which], "update": name, "bytes": len(body), "rows": len(y), "steps": steps,
                    "effectiveSteps": steps, "samples": samples, "trainingLoss": float(loss)}
            reply = coordinator.post("/v1/updates", {**say("update-received", said), "seconds": time.monotonic() - began})
            print(f"{work['arm']} round {work['round']}: loss {loss:.4f}. {reply['reason']}", flush=True)
        elif work["kind"] == "evaluate":
            _, _, x, y, _ = data[work["arm"]]
            loss, _, likeliest = losses(coordinator.model(work["model"])["weights"].astype(np.float64), x, y)
            said = {"arm": work["arm"], "round": work["round"], "model": work["model"], "testRows": len(y), "metrics": {"accuracy": float((likeliest == y).mean())}, "loss": float(loss.mean())}
            coordinator.post("/v1/evaluations", say("evaluation", said))
    print(work["reason"])


if __name__ == "__main__":
    main()
