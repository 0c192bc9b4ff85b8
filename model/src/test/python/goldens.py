#!/usr/bin/env python3
"""Writes the golden files of src/test/resources/golden: what PyTorch computes, forward and every gradient.

Usage: /usr/bin/python3 goldens.py ../resources/golden

A golden is a safetensors file. Its metadata say the architecture; its tensors are

    x (series, steps, inputs)      target, y (series, answers, outputs)   the answers of the last steps
    weights.NAME, gradients.NAME   under PyTorch's names                  gradients.x

gradients of loss = mean((y - target)^2). Weights and inputs are 32-bit floats, computed with in 64 bits. RNN, LSTM and
GRU are torch.nn's modules; what torch.nn lacks is written out below as formulas and differentiated by autograd.
"""
import json
import struct
import sys
from pathlib import Path

import torch
from torch import nn

GATES = {"rnn": 1, "lstm": 4, "gru": 3, "peephole": 4, "coupled": 3}
MODULES = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


def written_out(cell, x, w, suffix, hidden):
    """One layer in one direction, step by step."""
    h = c = x.new_zeros(x.shape[0], hidden)
    hs = []
    for t in range(x.shape[1]):
        z = x[:, t] @ w["weight_ih" + suffix].T + w["bias_ih" + suffix]
        z = z + h @ w["weight_hh" + suffix].T + w["bias_hh" + suffix]
        if cell == "peephole":
            i, f, g, o = z.chunk(4, 1)
            pi, pf, po = w["weight_ch" + suffix].chunk(3)
            i, f = torch.sigmoid(i + pi * c), torch.sigmoid(f + pf * c)
            c = f * c + i * torch.tanh(g)
            o = torch.sigmoid(o + po * c)
        else:
            f, g, o = z.chunk(3, 1)
            f, o = torch.sigmoid(f), torch.sigmoid(o)
            c = f * c + (1 - f) * torch.tanh(g)
        h = o * torch.tanh(c)
        hs.append(h)
    return torch.stack(hs, 1)


def layers(a, x, w):
    if a["cell"] in MODULES:
        module = MODULES[a["cell"]](
            a["inputs"], a["hidden"], a["layers"], batch_first=True, bidirectional=a["bidirectional"]
        ).double()
        for name, parameter in module.named_parameters():
            parameter.data = w[name].data
            w[name] = parameter
        return module(x)[0]
    for layer in range(a["layers"]):
        ahead = written_out(a["cell"], x, w, f"_l{layer}", a["hidden"])
        if a["bidirectional"]:
            back = written_out(a["cell"], x.flip(1), w, f"_l{layer}_reverse", a["hidden"])
            ahead = torch.cat([ahead, back.flip(1)], 2)
        x = ahead
    return x


def gap(x):
    return (x + torch.sqrt(x * x + 4)) / 2


def spread(y, levels):
    """The middle level as it is, every other one positive gap beyond its neighbour."""
    y = y.unflatten(-1, (-1, levels))
    middle = (levels - 1) // 2
    out = {middle: y[..., middle]}
    for j in range(middle + 1, levels):
        out[j] = out[j - 1] + gap(y[..., j])
    for j in range(middle - 1, -1, -1):
        out[j] = out[j + 1] - gap(y[..., j])
    return torch.stack([out[j] for j in range(levels)], -1).flatten(-2)


def forward(a, x, w, answers):
    if a["convolution"]:
        padded = nn.functional.pad(x.transpose(1, 2), (a["convolution"] - 1, 0))
        x = nn.functional.conv1d(padded, w["conv.weight"], w["conv.bias"]).transpose(1, 2)
    h = layers(a, x, w)[:, x.shape[1] - answers :]
    kind, *sizes = a["head"]
    if kind == "none":
        return h
    y = h @ w["head.weight"].T + w["head.bias"]
    if kind == "softmax":
        return torch.softmax(y, -1)
    return spread(y, sizes[-1]) if kind == "quantiles" else y


def shapes(a):
    gates, hidden, width = GATES[a["cell"]], a["hidden"], a["hidden"] * (1 + a["bidirectional"])
    if a["convolution"]:
        yield "conv.weight", (a["inputs"], a["inputs"], a["convolution"])
        yield "conv.bias", (a["inputs"],)
    for layer in range(a["layers"]):
        for direction in [""] + ["_reverse"] * a["bidirectional"]:
            suffix = f"_l{layer}{direction}"
            yield "weight_ih" + suffix, (gates * hidden, width if layer else a["inputs"])
            yield "weight_hh" + suffix, (gates * hidden, hidden)
            yield "bias_ih" + suffix, (gates * hidden,)
            yield "bias_hh" + suffix, (gates * hidden,)
            if a["cell"] == "peephole":
                yield "weight_ch" + suffix, (3 * hidden,)
    rows = 1
    for size in a["head"][1:]:
        rows *= size
    if a["head"][0] != "none":
        yield "head.weight", (rows, width)
        yield "head.bias", (rows,)


def write(path, tensors, metadata):
    header, data = {"__metadata__": metadata}, b""
    for name, tensor in tensors.items():
        numbers = tensor.detach().float().contiguous().numpy().astype("<f4").tobytes()
        offsets = [len(data), len(data) + len(numbers)]
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": offsets}
        data += numbers
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def golden(directory, name, seed, a, series, steps, answers=None):
    a = {"layers": 1, "bidirectional": False, "convolution": 0, "head": ["none"], **a}
    torch.manual_seed(seed)
    draw = lambda shape, scale: ((torch.rand(shape) * 2 - 1) * scale).double()
    scale = a["hidden"] ** -0.5
    w = {n: draw(s, scale).requires_grad_() for n, s in shapes(a)}
    x = draw((series, steps, a["inputs"]), 2).requires_grad_()
    y = forward(a, x, w, answers or steps)
    target = draw(y.shape, 1)
    ((y - target) ** 2).mean().backward()
    tensors = {"x": x, "y": y, "target": target, "gradients.x": x.grad}
    tensors.update({"weights." + n: t for n, t in w.items()})
    tensors.update({"gradients." + n: t.grad for n, t in w.items()})
    metadata = {k: " ".join(map(str, v)) if k == "head" else str(v).lower() for k, v in a.items()}
    write(directory / (name + ".safetensors"), tensors, metadata)


def main(directory):
    torch.set_num_threads(1)
    both = {"bidirectional": True}
    cases = [
        ("rnn-1", {"cell": "rnn", "inputs": 3, "hidden": 5}, 2, 9),
        ("rnn-3", {"cell": "rnn", "inputs": 4, "hidden": 7, "layers": 3}, 3, 8),
        ("rnn-2-both", {"cell": "rnn", "inputs": 3, "hidden": 6, "layers": 2, **both}, 2, 7),
        ("lstm-1", {"cell": "lstm", "inputs": 5, "hidden": 13}, 3, 10),
        ("lstm-2", {"cell": "lstm", "inputs": 6, "hidden": 19, "layers": 2, "head": ["linear", 3]}, 2, 11),
        ("lstm-3", {"cell": "lstm", "inputs": 7, "hidden": 11, "layers": 3}, 2, 9),
        ("lstm-2-both", {"cell": "lstm", "inputs": 4, "hidden": 9, "layers": 2, **both}, 3, 8),
        ("lstm-long", {"cell": "lstm", "inputs": 2, "hidden": 33, "head": ["linear", 2]}, 2, 150),
        ("lstm-convolution", {"cell": "lstm", "inputs": 4, "hidden": 10, "convolution": 3}, 2, 9),
        ("lstm-quantiles", {"cell": "lstm", "inputs": 3, "hidden": 10, "head": ["quantiles", 2, 3, 5]}, 2, 6),
        ("gru-1", {"cell": "gru", "inputs": 6, "hidden": 17}, 3, 10),
        ("gru-2", {"cell": "gru", "inputs": 5, "hidden": 12, "layers": 2}, 2, 9),
        ("gru-3-both", {"cell": "gru", "inputs": 3, "hidden": 7, "layers": 3, **both}, 2, 8),
        ("gru-softmax", {"cell": "gru", "inputs": 5, "hidden": 11, "head": ["softmax", 6]}, 2, 7),
        ("peephole-1", {"cell": "peephole", "inputs": 3, "hidden": 7}, 2, 9),
        ("peephole-2-both", {"cell": "peephole", "inputs": 4, "hidden": 6, "layers": 2, **both}, 2, 7),
        ("coupled-1", {"cell": "coupled", "inputs": 3, "hidden": 9}, 2, 9),
        ("coupled-2", {"cell": "coupled", "inputs": 5, "hidden": 7, "layers": 2, "convolution": 2}, 2, 8),
    ]
    for seed, (name, a, series, steps) in enumerate(cases):
        golden(directory, name, seed, a, series, steps)
    seed_model = {"cell": "lstm", "inputs": 10, "hidden": 20, "head": ["linear", 2]}
    golden(directory, "lstm-10-20-2", 99, seed_model, 5, 7, answers=1)
    window = {"cell": "gru", "inputs": 4, "hidden": 9, "layers": 2, **both, "head": ["linear", 3]}
    golden(directory, "gru-2-both-last", 100, window, 3, 6, answers=1)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
