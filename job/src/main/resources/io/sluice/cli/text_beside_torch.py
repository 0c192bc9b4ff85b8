"""The same experiment in PyTorch, on one thread: prints tokens a second. usage: - TEXT EPOCHS"""
import re
import sys
import time

import torch
from torch import nn

BATCH, STEPS, HIDDEN, TOKENS = 32, 35, 256, 10_000


def main():
    torch.set_num_threads(1)
    text = re.sub("[^A-Za-z]+", " ", open(sys.argv[1]).read()).strip().lower()
    symbols = {c: n + 1 for n, c in enumerate(sorted(set(text)))}
    tokens = torch.tensor([symbols[c] for c in text[:TOKENS]])
    row = (len(tokens) - 1) // BATCH
    x = nn.functional.one_hot(tokens[: row * BATCH].view(BATCH, row), len(symbols) + 1).float()
    target = tokens[1 : row * BATCH + 1].view(BATCH, row)
    lstm, head = nn.LSTM(len(symbols) + 1, HIDDEN), nn.Linear(HIDDEN, len(symbols) + 1)
    weights = list(lstm.parameters()) + list(head.parameters())
    descent, loss = torch.optim.SGD(weights, lr=1), nn.CrossEntropyLoss()
    best = 0.0
    for _ in range(int(sys.argv[2])):
        memory, begun, read = None, time.perf_counter(), 0
        for start in range(0, row - STEPS + 1, STEPS):
            window = slice(start, start + STEPS)
            y, memory = lstm(x[:, window].transpose(0, 1), memory)
            memory = tuple(m.detach() for m in memory)
            descent.zero_grad()
            loss(head(y).flatten(0, 1), target[:, window].t().flatten()).backward()
            nn.utils.clip_grad_norm_(weights, 1)
            descent.step()
            read += BATCH * STEPS
        best = max(best, read / (time.perf_counter() - begun))
    print(f"{best:.0f} {torch.__version__}")


main()
