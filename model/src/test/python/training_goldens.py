#!/usr/bin/env python3
"""Writes what PyTorch says of forward passes, gradients, optimisers and schedules, for the tests of io.sluice.training.

usage: training_goldens.py [DIRECTORY]      default: ../resources/golden-training beside this file

RNN, LSTM and GRU are torch.nn's; the other cells, the convolution and the quantile head are written out below and
differentiated by autograd. All in double precision, stored as float.
"""
import json
import math
import struct
import sys
from pathlib import Path

import torch
from torch import nn, _VF

torch.set_default_dtype(torch.float64)
STEPS, ROWS = 7, 5


def write(path, tensors, metadata):
    """A safetensors file."""
    header, blobs, at = {"__metadata__": {k: str(v) for k, v in metadata.items()}}, [], 0
    for name, tensor in tensors.items():
        blob = tensor.detach().to(torch.float32).contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [at, at + len(blob)]}
        blobs.append(blob)
        at += len(blob)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))


TORCH = {"rnn": _VF.rnn_tanh, "lstm": _VF.lstm, "gru": _VF.gru}
GATES = {"rnn": 1, "lstm": 4, "gru": 3, "peephole": 4, "coupled": 3}


def weights(cell, inputs, hidden, layers, both, rows, convolution):
    """Tensors by PyTorch's names, uniform in ±0.5, rounded to float so that both sides start from the same numbers."""
    shapes = {}
    if convolution:
        shapes["conv.weight"] = (inputs, inputs, convolution)
        shapes["conv.bias"] = (inputs,)
    width = hidden * (2 if both else 1)
    for layer in range(layers):
        for suffix in [f"_l{layer}"] + ([f"_l{layer}_reverse"] if both else []):
            g = GATES[cell] * hidden
            shapes["weight_ih" + suffix] = (g, inputs if layer == 0 else width)
            shapes["weight_hh" + suffix] = (g, hidden)
            shapes["bias_ih" + suffix] = (g,)
            shapes["bias_hh" + suffix] = (g,)
            if cell == "peephole":
                shapes["weight_ch" + suffix] = (3 * hidden,)
    if rows:
        shapes["head.weight"] = (rows, width)
        shapes["head.bias"] = (rows,)
    return {n: (torch.rand(s) - 0.5).float().double().requires_grad_() for n, s in shapes.items()}


def written_out(cell, w, suffix, x, memory, kept=None):
    """One layer in one direction, step by step; its memories go to 'kept', where their gradients will stand."""
    h, c = memory
    outputs = []
    for x_t in x:
        z = x_t @ w["weight_ih" + suffix].T + w["bias_ih" + suffix]
        z = z + h @ w["weight_hh" + suffix].T + w["bias_hh" + suffix]
        if cell == "peephole":
            p_i, p_f, p_o = w["weight_ch" + suffix].chunk(3)
            i, f, g, o = z.chunk(4, 1)
            i, f, g = torch.sigmoid(i + p_i * c), torch.sigmoid(f + p_f * c), torch.tanh(g)
            c = f * c + i * g
            o = torch.sigmoid(o + p_o * c)
        elif cell == "lstm":
            i, f, g, o = z.chunk(4, 1)
            f, o = torch.sigmoid(f), torch.sigmoid(o)
            c = f * c + torch.sigmoid(i) * torch.tanh(g)
        else:
            f, g, o = z.chunk(3, 1)
            f, g, o = torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
            c = f * c + (1 - f) * g
        h = o * torch.tanh(c)
        outputs.append(h)
        if kept is not None:
            h.retain_grad()
            c.retain_grad()
            kept.append((h, c))
    return torch.stack(outputs), (h, c)


def layers_of(cell, w, x, hidden, layers, both, memory=None):
    """All layers over a window (steps, rows, inputs); the memory of each layer before it and after it."""
    if cell in TORCH:
        # what torch.nn.LSTM and its kin call, with our tensors for its parameters
        shape = (layers * (2 if both else 1), x.shape[1], hidden)
        if memory is None:
            memory = (torch.zeros(shape), torch.zeros(shape)) if cell == "lstm" else torch.zeros(shape)
        flat = [t for n, t in w.items() if n.startswith(("weight_", "bias_"))]
        y, *after = TORCH[cell](x, memory, flat, True, layers, 0.0, False, both, False)
        return y, tuple(after) if cell == "lstm" else after[0]
    after = []
    for layer in range(layers):
        zero = torch.zeros(x.shape[1], hidden)
        y, last = written_out(cell, w, f"_l{layer}", x, memory[layer] if memory else (zero, zero))
        after.append(last)
        if both:
            back, _ = written_out(cell, w, f"_l{layer}_reverse", x.flip(0), (zero, zero))
            y = torch.cat([y, back.flip(0)], 2)
        x = y
    return x, after


def convolved(w, x, width):
    padded = torch.cat([torch.zeros(width - 1, *x.shape[1:]), x])
    return nn.functional.conv1d(padded.permute(1, 2, 0), w["conv.weight"], w["conv.bias"]).permute(2, 0, 1)


def quantiles(sums, levels):
    """The middle level is its sum, each further out one gap (x + √(x² + 4))/2 beyond its neighbour."""
    cut = sums.unflatten(-1, (-1, levels))
    middle = (levels - 1) // 2
    gap = lambda x: (x + torch.sqrt(x * x + 4)) / 2
    columns = {middle: cut[..., middle]}
    for j in range(middle + 1, levels):
        columns[j] = columns[j - 1] + gap(cut[..., j])
    for j in range(middle - 1, -1, -1):
        columns[j] = columns[j + 1] - gap(cut[..., j])
    return torch.stack([columns[j] for j in range(levels)], -1).flatten(-2)


LEVELS = [0.05, 0.5, 0.9]


def loss_of(kind, y, target, mask):
    """Mean over the targets that count."""
    if kind == "squared":
        each = (y - target) ** 2
    elif kind == "huber":
        each = nn.functional.huber_loss(y, target, reduction="none", delta=0.3)
    elif kind == "quantile":
        e = target.unsqueeze(-1) - y.unflatten(-1, (-1, len(LEVELS)))
        q = torch.tensor(LEVELS)
        each = torch.maximum(q * e, (q - 1) * e).mean(-1)
    else:
        each = nn.functional.cross_entropy(y.flatten(0, 1), target.flatten().long(), reduction="none").view(target.shape)
    return (each * mask).sum() / mask.sum()


def golden(directory, name, cell, inputs, hidden, layers, both=False, convolution=0, loss="squared", rows=2):
    torch.manual_seed(sum(map(ord, name)))
    w = weights(cell, inputs, hidden, layers, both, rows, convolution)
    x = torch.randn(STEPS, ROWS, inputs).float().double()
    y, _ = layers_of(cell, w, convolved(w, x, convolution) if convolution else x, hidden, layers, both)
    y = y @ w["head.weight"].T + w["head.bias"] if rows else y
    if loss == "quantile":
        y = quantiles(y, len(LEVELS))
    targets = {"quantile": rows // len(LEVELS), "entropy": 1}.get(loss, y.shape[2])
    target = torch.randn(STEPS, ROWS, targets)
    if loss == "entropy":
        target = torch.randint(0, rows, (STEPS, ROWS, 1))
    target = target.float().double()
    mask = (torch.rand(STEPS, ROWS, targets) > 0.3).double()
    total = loss_of(loss, y, target, mask)
    total.backward()
    tensors = {"x": x, "target": target, "mask": mask, "y": y, "loss": total.view(1)}
    tensors.update({"w." + n: t for n, t in w.items()})
    tensors.update({"d." + n: t.grad for n, t in w.items()})
    write(directory / f"{name}.safetensors", tensors, dict(
        cell=cell, inputs=inputs, hidden=hidden, layers=layers, bidirectional=both, convolution=convolution,
        loss=loss, rows=rows))


def truncated(directory, cell):
    """Two windows in a row; the memory goes on, the gradient does not."""
    torch.manual_seed(11)
    w = weights(cell, 3, 6, 2, False, 1, 0)
    tensors = {}
    memory = None
    for window in (1, 2):
        x = torch.randn(STEPS, ROWS, 3).float().double()
        target = torch.randn(STEPS, ROWS, 1).float().double()
        y, memory = layers_of(cell, w, x, 6, 2, False, memory)
        loss = ((y @ w["head.weight"].T + w["head.bias"] - target) ** 2).mean()
        for t in w.values():
            t.grad = None
        loss.backward()
        detach = lambda m: m.detach() if torch.is_tensor(m) else type(m)(detach(each) for each in m)
        memory = detach(memory)
        tensors.update({f"x{window}": x, f"target{window}": target})
        tensors.update({f"d{window}.{n}": t.grad.clone() for n, t in w.items()})
    tensors.update({"w." + n: t for n, t in w.items()})
    write(directory / f"truncated-{cell}.safetensors", tensors, dict(
        cell=cell, inputs=3, hidden=6, layers=2, bidirectional=False, convolution=0, loss="squared", rows=1))


def reach(directory, cell):
    """Norms of dLoss/dh and dLoss/dc by lag, the loss standing at the last step."""
    torch.manual_seed(7)
    w = weights(cell, 3, 6, 1, False, 1, 0)
    x = torch.randn(20, ROWS, 3).float().double()
    target = torch.randn(20, ROWS, 1).float().double()
    kept, zero = [], torch.zeros(ROWS, 6)
    y, _ = written_out(cell, w, "_l0", x, (zero, zero), kept)
    ((y[-1] @ w["head.weight"].T + w["head.bias"] - target[-1]) ** 2).mean().backward()
    tensors = {"x": x, "target": target}
    tensors["h"] = torch.stack([h.grad.norm() for h, _ in reversed(kept)])
    tensors["c"] = torch.stack([c.grad.norm() for _, c in reversed(kept)])
    tensors.update({"w." + n: t for n, t in w.items()})
    write(directory / f"reach-{cell}.safetensors", tensors, dict(
        cell=cell, inputs=3, hidden=6, layers=1, bidirectional=False, convolution=0, loss="squared", rows=1))


def optimisers(directory):
    """Ten steps of each from the same weights along the same gradients, in single precision."""
    torch.manual_seed(5)
    start, slopes = torch.randn(20), torch.randn(10, 20)
    tensors = {"start": start, "gradients": slopes}
    made = {
        "sgd": lambda p: torch.optim.SGD(p, lr=0.1),
        "momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9),
        "adam": lambda p: torch.optim.Adam(p, lr=0.01),
        "adamw": lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.1),
    }
    for name, make in made.items():
        w = start.clone().requires_grad_()
        optimiser = make([w])
        after = []
        for slope in slopes:
            w.grad = slope.clone()
            optimiser.step()
            after.append(w.detach().clone())
        tensors[name] = torch.stack(after)
    w = start.clone().requires_grad_()
    w.grad = slopes[0].clone()
    torch.nn.utils.clip_grad_norm_([w], 1.0)
    tensors["clipped"] = w.grad
    tensors.update(schedules())
    write(directory / "optimisers.safetensors", tensors, {})


def schedules():
    schedulers = torch.optim.lr_scheduler
    optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
    warm = schedulers.LinearLR(optimiser, start_factor=0.2, end_factor=1.0, total_iters=4)
    fall = schedulers.CosineAnnealingLR(optimiser, T_max=16, eta_min=0.01)
    both = schedulers.SequentialLR(optimiser, [warm, fall], milestones=[5])
    cosine = []
    for _ in range(20):
        cosine.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        both.step()
    optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
    plateau = schedulers.ReduceLROnPlateau(optimiser, factor=0.5, patience=2, min_lr=0.02)
    losses = [5, 4, 4, 4, 4, 3.9999, 3, 3, 3, 3, 3, 3, 3, 3, 3, 2, 1]
    rates = []
    for loss in losses:
        plateau.step(loss)
        rates.append(optimiser.param_groups[0]["lr"])
    return {"cosine": torch.tensor(cosine), "plateau.losses": torch.tensor(losses), "plateau": torch.tensor(rates)}


def main():
    here = Path(__file__).parent
    directory = Path(sys.argv[1]) if len(sys.argv) > 1 else here / "../resources/golden-training"
    directory.mkdir(parents=True, exist_ok=True)
    for cell in ("rnn", "lstm", "gru"):
        for layers, hidden in ((1, 9), (2, 7), (3, 5)):
            golden(directory, f"{cell}-{layers}", cell, 3, hidden, layers)
        golden(directory, f"{cell}-bidirectional", cell, 3, 5, 2, both=True)
    for cell in ("peephole", "coupled"):
        golden(directory, f"{cell}-1", cell, 3, 9, 1)
        golden(directory, f"{cell}-2", cell, 3, 7, 2)
        golden(directory, f"{cell}-bidirectional", cell, 3, 5, 2, both=True)
    golden(directory, "lstm-one", "lstm", 1, 1, 1, rows=1)
    golden(directory, "lstm-headless", "lstm", 3, 5, 1, rows=0)
    golden(directory, "lstm-convolution", "lstm", 3, 6, 1, convolution=3)
    golden(directory, "gru-convolution", "gru", 2, 5, 2, convolution=4)
    golden(directory, "lstm-huber", "lstm", 3, 6, 1, loss="huber")
    golden(directory, "lstm-quantile", "lstm", 3, 6, 1, loss="quantile", rows=6)
    golden(directory, "gru-entropy", "gru", 3, 6, 1, loss="entropy", rows=5)
    for cell in ("rnn", "lstm", "gru", "peephole", "coupled"):
        truncated(directory, cell)
    reach(directory, "lstm")
    reach(directory, "coupled")
    optimisers(directory)


if __name__ == "__main__":
    main()
