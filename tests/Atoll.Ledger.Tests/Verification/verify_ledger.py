"""Verifies a ledger from docs/ledger.md alone: what another implementation must come to. Prints what it counted.

Chain, Merkle roots (RFC 9162, by the recursive definition), tree heads and the sites' signatures. Needs the package cryptography.
"""
import base64
import hashlib
import json
import sys

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def root(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + root(leaves[:k]) + root(leaves[k:])).digest()


def check(key, domain, statement, signature):
    raw = base64.b64decode(signature)
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    assert len(raw) == 64 and s <= ORDER // 2
    public = serialization.load_der_public_key(base64.b64decode(key))
    public.verify(encode_dss_signature(r, s), f"atoll ledger v1 {domain}\n".encode() + canonical(statement), ec.ECDSA(hashes.SHA256()))


leaves, sites, heads, signatures, previous = [], {}, 0, 0, "0" * 64
for index, line in enumerate(open(sys.argv[1], "rb").read().split(b"\n")[:-1]):
    entry = json.loads(line)
    data = entry["data"]
    assert canonical(entry) == line and entry["index"] == index and entry["previous"] == previous, index
    if index == 0:
        run, coordinator = data["run"], data["key"]
    if entry["kind"] == "site-enrolled":
        sites[data["site"]] = data.get("key")
    if entry["kind"] == "tree-head":
        assert (data["size"], data["root"], data["run"]) == (index, root(leaves).hex(), run), index
        check(coordinator, "tree-head", {name: data[name] for name in ("root", "run", "size", "time")}, data["signature"])
        heads += 1
    if "signed" in data:
        check(sites[data["signed"]["author"]], entry["kind"], data["signed"]["statement"], data["signed"]["signature"])
        signatures += 1
    leaves.append(hashlib.sha256(b"\x00" + line).digest())
    previous = leaves[-1].hex()
print(len(leaves), heads, signatures, root(leaves).hex())
