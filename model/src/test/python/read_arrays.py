"""Prints name, shape, type and content of every array in the npy and npz files named: what numpy makes of files from Java."""
import sys

import numpy as np

for path in sys.argv[1:]:
    loaded = np.load(path, allow_pickle=False)
    arrays = {name: loaded[name] for name in loaded.files} if path.endswith(".npz") else {"": loaded}
    for name, array in arrays.items():
        print(name, array.shape, array.dtype, array.tolist())
