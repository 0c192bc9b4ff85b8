"""Writes the files in ../resources/weights/formats that FormatsTest reads: run it anew with /usr/bin/python3.

Every array is (3, 4): quarters for the floating types, whole numbers for the others.
"""
import pathlib

import numpy as np
from files import write_safetensors

there = pathlib.Path(__file__).parent.parent / "resources" / "weights" / "formats"
there.mkdir(parents=True, exist_ok=True)

quarters = (np.arange(12) * 0.25 - 1).reshape(3, 4)
whole = np.arange(12).reshape(3, 4)
cube = np.arange(24).reshape(2, 3, 4)

for code in ["<f8", "<f4", "<f2", ">f4", ">f8"]:
    np.save(there / f"{code.replace('<', 'little-').replace('>', 'big-')}.npy", quarters.astype(code))
for code in ["i8", "i4", "i2", "i1", "u1"]:
    np.save(there / f"{code}.npy", whole.astype(code))
np.save(there / "b1.npy", whole % 2 == 1)
np.save(there / "fortran.npy", np.asfortranarray(cube.astype("f4")))
np.save(there / "scalar.npy", np.float32(2.5))
np.save(there / "empty.npy", np.zeros((0, 3), "f4"))
np.save(there / "refused-object.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
np.save(there / "refused-structured.npy", np.zeros(2, dtype=[("a", "f4"), ("b", "i4")]))
np.save(there / "refused-complex.npy", np.zeros(2, dtype="c8"))
np.save(there / "refused-large-whole.npy", np.array([2**24 + 1]))
np.save(there / "refused-large-double.npy", np.array([1e300]))
np.savez(there / "stored.npz", quarters=quarters.astype("f4"), whole=whole)
np.savez_compressed(there / "deflated.npz", quarters=quarters.astype("f4"), whole=whole)


def bfloat(array):
    return (array.astype("<f4").view("<u4") >> 16).astype("<u2")


arrays = {"F64": quarters.astype("<f8"), "F32": quarters.astype("<f4"), "F16": quarters.astype("<f2"), "BF16": bfloat(quarters)}
arrays |= {"I64": whole.astype("<i8"), "I32": whole.astype("<i4"), "I16": whole.astype("<i2")}
arrays |= {"I8": whole.astype("i1"), "U8": whole.astype("u1"), "BOOL": whole % 2 == 1}
write_safetensors(
    there / "every-type.safetensors", arrays, metadata={"format": "pt", "made by": "numpy"}, dtypes={"BF16": "BF16"}
)
