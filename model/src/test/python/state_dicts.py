"""Writes PyTorch state dicts with an input and PyTorch's output for each, in a folder of its own.

state_dicts.py FOLDER golden   the few small ones that stand in ../resources/weights/checks
state_dicts.py FOLDER all      every kind of cell, 1 to 4 layers, both directions, with a head and without, odd sizes
"""
import itertools
import pathlib
import sys

import numpy as np
import torch
from files import write_safetensors

KINDS = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU, "rnn": torch.nn.RNN}


class Model(torch.nn.Module):
    def __init__(self, kind, sizes, head=None, **options):
        super().__init__()
        inputs, hidden, layers, outputs = sizes
        setattr(self, kind, KINDS[kind](inputs, hidden, layers, batch_first=True, **options))
        self.recurrent = [getattr(self, kind)]
        self.head_name = head
        if head:
            width = hidden * (2 if options.get("bidirectional") else 1)
            setattr(self, head, torch.nn.Linear(width, outputs, bias=options.get("bias", True)))

    def forward(self, x):
        out, _ = self.recurrent[0](x)
        return getattr(self, self.head_name)(out[:, -1, :]) if self.head_name else out


def save(folder, model, shape, prefix=""):
    folder.mkdir(parents=True, exist_ok=True)
    x = torch.randn(*shape)
    with torch.no_grad():
        y = model(x)
    state = {prefix + name: value.numpy() for name, value in model.state_dict().items()}
    write_safetensors(folder / "weights.safetensors", state, metadata={"format": "pt"})
    np.save(folder / "in.npy", x.numpy())
    np.save(folder / "out.npy", y.numpy())


there = pathlib.Path(sys.argv[1])
torch.manual_seed(7)
if sys.argv[2] == "golden":
    save(there / "seed-module", Model("lstm", (10, 20, 2, 2), "fc"), (5, 7, 10))
    save(there / "gru-both-ways", Model("gru", (3, 5, 2, 0), bidirectional=True), (2, 4, 3))
    save(there / "rnn-no-bias", Model("rnn", (4, 7, 3, 3), "head", bias=False), (2, 5, 4), prefix="module.")
    save(there / "lstm-both-ways", Model("lstm", (2, 3, 2, 5), "fc", bidirectional=True), (3, 6, 2))
else:
    for kind, layers, both, head in itertools.product(KINDS, range(1, 5), [False, True], [None, "fc", "head"]):
        hidden = {1: 1, 2: 13, 3: 37, 4: 64}[layers]
        model = Model(kind, (layers * 3 - 2, hidden, layers, 3), head, bidirectional=both)
        save(there / f"{kind}-{layers}-{both}-{head}", model, (3, 11, layers * 3 - 2), prefix="a.b." if both else "")
    save(there / "deep-and-long", Model("lstm", (8, 128, 4, 3), "fc"), (2, 200, 8))
    large = Model("gru", (4, 32, 2, 2), "fc")
    for parameter in large.parameters():
        parameter.data *= 5
    save(there / "large-weights", large, (4, 50, 4))
