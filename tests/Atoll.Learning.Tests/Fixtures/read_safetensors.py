"""Reads a safetensors file with nothing but Python's own library, after the format's description, and prints what is in it as JSON."""
import array
import json
import struct
import sys

with open(sys.argv[1], "rb") as file:
    content = file.read()
(length,) = struct.unpack("<Q", content[:8])
assert (8 + length) % 8 == 0, "the numbers must start at a multiple of eight"
header = json.loads(content[8:8 + length])
data = content[8 + length:]
metadata = header.pop("__metadata__", {})
tensors = []
for name, entry in header.items():
    assert entry["dtype"] == "F32"
    begin, end = entry["data_offsets"]
    values = array.array("f")
    values.frombytes(data[begin:end])
    if sys.byteorder == "big":
        values.byteswap()
    tensors.append({"name": name, "shape": entry["shape"], "values": list(values)})
assert max((e["data_offsets"][1] for e in header.values()), default=0) == len(data)
json.dump({"metadata": metadata, "tensors": tensors}, sys.stdout)
