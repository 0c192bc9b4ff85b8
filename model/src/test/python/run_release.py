"""Loads a release into torch.nn.LSTM and a linear layer, strictly, and writes an input and PyTorch's outputs beside it.

run_release.py FOLDER: reads release.safetensors, writes in.npy and out.npy.
"""
import pathlib
import sys

import numpy as np
import torch
from files import read_safetensors

there = pathlib.Path(sys.argv[1])
tensors = {name: torch.tensor(array) for name, array in read_safetensors(there / "release.safetensors").items()}
head = {name.removeprefix("head."): tensors.pop(name) for name in ["head.weight", "head.bias"]}
layers = sum(name.startswith("weight_hh") for name in tensors)
lstm = torch.nn.LSTM(tensors["weight_ih_l0"].shape[1], tensors["weight_hh_l0"].shape[1], layers, batch_first=True)
lstm.load_state_dict(tensors)
linear = torch.nn.Linear(*reversed(head["weight"].shape))
linear.load_state_dict(head)
torch.manual_seed(3)
x = torch.randn(4, 6, lstm.input_size)
with torch.no_grad():
    np.save(there / "in.npy", x.numpy())
    np.save(there / "out.npy", linear(lstm(x)[0][:, -1, :]).numpy())
