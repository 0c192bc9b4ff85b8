#!/usr/bin/env python3
"""Writes the golden files: what PyTorch says of forward passes, gradients, optimisers and schedules.

usage: /usr/bin/python3 goldens.py [DIRECTORY]      default: ../resources/golden beside this file

A golden of a network is a safetensors file. Its metadata tell architecture and loss; its tensors are, time-major,

    x (steps, rows, inputs)   target, mask (steps, rows, targets)   y (steps, rows, outputs)   loss
    w.NAME, d.NAME            the weights under PyTorch's names, and the gradient of the loss, the masked mean

A softmax head's y are the sums it is taken of, and p its shares. RNN, LSTM and GRU are torch.nn's; the other cells, the
convolution and the quantile head are written out below and differentiated by autograd. All in double precision, from
weights and inputs that floats hold exactly; stored as float.
"""
import sys
from pathlib import Path

import torch
from files import write_safetensors
from torch import nn, _VF

torch.set_default_dtype(torch.float64)
STEPS, ROWS = 7, 5

TORCH = {"rnn": _VF.rnn_tanh, "lstm": _VF.lstm, "gru": _VF.gru}
GATES = {"rnn": 1, "lstm": 4, "gru": 3, "peephole": 4, "coupled": 3}
LEVELS = {1: [0.5], 3: [0.05, 0.5, 0.9], 4: [0.1, 0.3, 0.6, 0.9], 5: [0.05, 0.25, 0.5, 0.75, 0.95]}


def write(path, tensors, metadata):
    numbers = {n: t.detach().to(torch.float32).contiguous().numpy() for n, t in tensors.items()}
    write_safetensors(path, numbers, metadata={k: str(v).lower() for k, v in metadata.items()})


def rows_of(head):
    rows = 1
    for size in head[1:]:
        rows *= size
    return rows if head[0] != "none" else 0


def weights(a):
    """Tensors by PyTorch's names, uniform within 1/√hidden, rounded to float so that both sides start from the same numbers."""
    shapes = {}
    inputs, hidden, both = a["inputs"], a["hidden"], a["bidirectional"]
    if a["convolution"]:
        shapes["conv.weight"] = (inputs, inputs, a["convolution"])
        shapes["conv.bias"] = (inputs,)
    width = hidden * (2 if both else 1)
    for layer in range(a["layers"]):
        for suffix in [f"_l{layer}"] + ([f"_l{layer}_reverse"] if both else []):
            g = GATES[a["cell"]] * hidden
            shapes["weight_ih" + suffix] = (g, inputs if layer == 0 else width)
            shapes["weight_hh" + suffix] = (g, hidden)
            shapes["bias_ih" + suffix] = (g,)
            shapes["bias_hh" + suffix] = (g,)
            if a["cell"] == "peephole":
                shapes["weight_ch" + suffix] = (3 * hidden,)
    if rows_of(a["head"]):
        shapes["head.weight"] = (rows_of(a["head"]), width)
        shapes["head.bias"] = (rows_of(a["head"]),)
    reach = hidden**-0.5
    return {n: ((torch.rand(s) * 2 - 1) * reach).float().double().requires_grad_() for n, s in shapes.items()}


def written_out(cell, w, suffix, x, memory, kept=None):
    """One layer in one direction, step by step; what it remembers goes to 'kept', where gradients will stand."""
    h, c = memory
    outputs = []
    for x_t in x:
        z = x_t @ w["weight_ih" + suffix].T + w["bias_ih" + suffix]
        u = h @ w["weight_hh" + suffix].T + w["bias_hh" + suffix]
        straight = None
        if cell == "rnn":
            h = torch.tanh(z + u)
        elif cell == "gru":
            r, k, n = z.chunk(3, 1)
            r_u, k_u, n_u = u.chunk(3, 1)
            r, k = torch.sigmoid(r + r_u), torch.sigmoid(k + k_u)
            straight = k
            h = (1 - k) * torch.tanh(n + r * n_u) + k * h
        elif cell == "peephole":
            p_i, p_f, p_o = w["weight_ch" + suffix].chunk(3)
            i, f, g, o = (z + u).chunk(4, 1)
            i, f, g = torch.sigmoid(i + p_i * c), torch.sigmoid(f + p_f * c), torch.tanh(g)
            c = f * c + i * g
            o = torch.sigmoid(o + p_o * c)
            h = o * torch.tanh(c)
        else:
            i, f, g, o = (z + u).chunk(4, 1) if cell == "lstm" else (None, *(z + u).chunk(3, 1))
            f, o = torch.sigmoid(f), torch.sigmoid(o)
            straight = f
            c = f * c + (1 - f if cell == "coupled" else torch.sigmoid(i)) * torch.tanh(g)
            h = o * torch.tanh(c)
        outputs.append(h)
        if kept is not None:
            for each in (h, c):
                if each.requires_grad:
                    each.retain_grad()
            kept.append((h, c, straight))
    return torch.stack(outputs), (h, c)


def layers_of(a, w, x, memory=None):
    """All layers over a window (steps, rows, inputs); the memory of each layer before it and after it."""
    cell, hidden, layers, both = a["cell"], a["hidden"], a["layers"], a["bidirectional"]
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


def loss_of(kind, levels, y, target, mask):
    """Mean over the targets that count."""
    if kind == "squared":
        each = (y - target) ** 2
    elif kind == "huber":
        each = nn.functional.huber_loss(y, target, reduction="none", delta=0.3)
    elif kind == "quantile":
        e = target.unsqueeze(-1) - y.unflatten(-1, (-1, len(levels)))
        q = torch.tensor(levels)
        each = torch.maximum(q * e, (q - 1) * e).mean(-1)
    else:
        each = nn.functional.cross_entropy(y.flatten(0, 1), target.flatten().long(), reduction="none").view(target.shape)
    return (each * mask).sum() / mask.sum()


def forward(a, w, x, memory=None):
    y, memory = layers_of(a, w, convolved(w, x, a["convolution"]) if a["convolution"] else x, memory)
    if a["head"][0] != "none":
        y = y @ w["head.weight"].T + w["head.bias"]
    return quantiles(y, a["head"][-1]) if a["head"][0] == "quantiles" else y, memory


def architecture(cell, inputs, hidden, layers=1, both=False, convolution=0, head=("linear", 2)):
    return dict(
        cell=cell, inputs=inputs, hidden=hidden, layers=layers, bidirectional=both, convolution=convolution, head=head)


def told(a, **more):
    return {**a, "head": " ".join(map(str, a["head"])), **more}


def golden(directory, name, a, loss=None, steps=STEPS, rows=ROWS, last=False):
    """With 'last', many to one: only the last step has a target."""
    torch.manual_seed(sum(map(ord, name)))
    kind = a["head"][0]
    loss = loss or {"quantiles": "quantile", "softmax": "entropy"}.get(kind, "squared")
    levels = LEVELS[a["head"][-1]] if kind == "quantiles" else []
    w = weights(a)
    x = torch.randn(steps, rows, a["inputs"]).float().double()
    y, _ = forward(a, w, x)
    targets = {"quantile": y.shape[2] // max(1, len(levels)), "entropy": 1}.get(loss, y.shape[2])
    target = torch.randn(steps, rows, targets).float().double()
    if loss == "entropy":
        target = torch.randint(0, y.shape[2], (steps, rows, 1)).double()
    mask = (torch.rand(steps, rows, targets) > 0.3).double()
    if last:
        mask[:-1], mask[-1] = 0, 1
    total = loss_of(loss, levels, y, target, mask)
    total.backward()
    tensors = {"x": x, "target": target, "mask": mask, "y": y, "loss": total.view(1)}
    if kind == "softmax":
        tensors["p"] = torch.softmax(y, -1)
    tensors.update({"w." + n: t for n, t in w.items()})
    tensors.update({"d." + n: t.grad for n, t in w.items()})
    write(directory / f"{name}.safetensors", tensors, told(a, loss=loss, levels=" ".join(map(str, levels)), last=last))


def truncated(directory, cell):
    """Two windows in a row; the memory goes on, the gradient does not."""
    torch.manual_seed(11)
    a = architecture(cell, 3, 6, 2, head=("linear", 1))
    w = weights(a)
    tensors, memory = {}, None
    for window in (1, 2):
        x = torch.randn(STEPS, ROWS, 3).float().double()
        target = torch.randn(STEPS, ROWS, 1).float().double()
        y, memory = forward(a, w, x, memory)
        loss = ((y - target) ** 2).mean()
        for t in w.values():
            t.grad = None
        loss.backward()
        detach = lambda m: m.detach() if torch.is_tensor(m) else type(m)(detach(each) for each in m)
        memory = detach(memory)
        tensors.update({f"x{window}": x, f"target{window}": target, f"y{window}": y, f"loss{window}": loss.view(1)})
        tensors.update({f"d{window}.{n}": t.grad.clone() for n, t in w.items()})
    tensors.update({"w." + n: t for n, t in w.items()})
    write(directory / f"truncated-{cell}.safetensors", tensors, told(a, loss="squared"))


def reach(directory, cell):
    """By lag, the loss standing at the last step: norms of dLoss/dh and dLoss/dc, and the shares of the slope s of what the
    cell carries (c, or h where there is none) that came from the next step's s without weights, and that never met any."""
    torch.manual_seed(7)
    a = architecture(cell, 3, 6, head=("linear", 1))
    w = weights(a)
    x = torch.randn(20, ROWS, 3).float().double()
    target = torch.randn(20, ROWS, 1).float().double()
    kept, zero = [], torch.zeros(ROWS, 6)
    y, _ = written_out(cell, w, "_l0", x, (zero, zero), kept)
    ((y[-1] @ w["head.weight"].T + w["head.bias"] - target[-1]) ** 2).mean().backward()
    kept.reverse()
    with_c = cell in ("lstm", "coupled")
    slopes = [(c if with_c else h).grad for h, c, _ in kept]
    share = lambda part, whole: part.norm() / (part.norm() + (whole - part).norm()) if part.norm() > 0 else torch.zeros(())
    direct, straight, way = [torch.zeros(())], [torch.ones(())], slopes[0]
    for lag in range(1, len(kept)):
        gate = kept[lag - 1][2]
        gate = torch.zeros_like(way) if gate is None else gate
        direct.append(share(slopes[lag - 1] * gate, slopes[lag]))
        way = way * gate
        straight.append(share(way, slopes[lag]))
    tensors = {"x": x, "target": target, "h": torch.stack([h.grad.norm() for h, _, _ in kept])}
    tensors["c"] = torch.stack([s.norm() for s in slopes]) if with_c else torch.zeros(len(kept))
    tensors.update({"direct": torch.stack(direct), "straight": torch.stack(straight)})
    tensors.update({"w." + n: t for n, t in w.items()})
    write(directory / f"reach-{cell}.safetensors", tensors, told(a, loss="squared"))


def optimisers(directory):
    """Ten steps of each from the same weights along the same gradients, in single precision."""
    torch.manual_seed(5)
    start, slopes = torch.randn(20).float(), torch.randn(10, 20).float()
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
    directory = Path(sys.argv[1]) if len(sys.argv) > 1 else here / "../resources/golden"
    directory.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    for cell in GATES:
        for layers, hidden in ((1, 9), (2, 7), (3, 5)):
            golden(directory, f"{cell}-{layers}", architecture(cell, 3, hidden, layers=layers))
        golden(directory, f"{cell}-bidirectional", architecture(cell, 3, 5, layers=2, both=True))
        golden(directory, f"{cell}-convolution", architecture(cell, 2, 5, layers=2, convolution=4))
        golden(directory, f"{cell}-headless", architecture(cell, 5, 13, head=("none",)))
        truncated(directory, cell)
        if cell != "peephole":
            reach(directory, cell)
    golden(directory, "lstm-one", architecture("lstm", 1, 1, head=("linear", 1)))
    golden(directory, "lstm-long", architecture("lstm", 2, 33), steps=150, rows=2)
    golden(directory, "lstm-huber", architecture("lstm", 3, 6), loss="huber")
    golden(directory, "lstm-quantile", architecture("lstm", 3, 6, head=("quantiles", 2, 1, 3)))
    golden(directory, "lstm-quantiles", architecture("lstm", 3, 10, head=("quantiles", 2, 3, 5)))
    golden(directory, "gru-quantiles-of-even-number", architecture("gru", 3, 6, head=("quantiles", 1, 2, 4)))
    golden(directory, "gru-softmax", architecture("gru", 3, 6, head=("softmax", 5)))
    golden(directory, "lstm-10-20-2", architecture("lstm", 10, 20), steps=7, rows=5, last=True)
    golden(directory, "gru-bidirectional-last", architecture("gru", 4, 9, layers=3, both=True, head=("linear", 3)), last=True)
    optimisers(directory)


if __name__ == "__main__":
    main()
