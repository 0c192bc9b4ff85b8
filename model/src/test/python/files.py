"""Writes and reads safetensors files without the package of that name: a length, a JSON header and the bytes."""
import json
import struct

import numpy as np

DTYPES = {"float64": "F64", "float32": "F32", "float16": "F16", "int64": "I64", "int32": "I32", "int16": "I16"}
DTYPES |= {"int8": "I8", "uint8": "U8", "bool": "BOOL"}


def write_safetensors(path, arrays, metadata=None, dtypes=None):
    """arrays: by name; dtypes: for those that numpy has no type for, by name."""
    header = {"__metadata__": metadata} if metadata else {}
    data = b""
    for name, array in arrays.items():
        array = np.ascontiguousarray(array)
        dtype = (dtypes or {}).get(name) or DTYPES[str(array.dtype)]
        header[name] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": [len(data), len(data) + array.nbytes]}
        data += array.tobytes()
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def read_safetensors(path):
    """float32 arrays by name."""
    content = path.read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header, data = json.loads(content[8 : 8 + length]), content[8 + length :]
    header.pop("__metadata__", None)
    arrays = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        arrays[name] = np.frombuffer(data[begin:end], "<f4").reshape(entry["shape"]).copy()
    return arrays
