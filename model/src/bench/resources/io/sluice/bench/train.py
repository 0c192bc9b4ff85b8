"""The work of TrainBench in PyTorch, on one thread. usage: train.py HIDDEN SECONDS; prints steps a second: best, median"""
import statistics
import sys
import time

import torch
from torch import nn

BATCH, STEPS, INPUTS = 64, 96, 8


def main():
    torch.set_num_threads(1)
    torch.manual_seed(1)
    hidden, seconds = int(sys.argv[1]), float(sys.argv[2])
    lstm, head = nn.LSTM(INPUTS, hidden), nn.Linear(hidden, 1)
    weights = list(lstm.parameters()) + list(head.parameters())
    adam, loss = torch.optim.Adam(weights), nn.MSELoss()
    x = torch.randn(STEPS, BATCH, INPUTS)
    target = x[:, :, :1].clone()
    times = []
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        begun = time.perf_counter()
        adam.zero_grad(set_to_none=True)
        loss(head(lstm(x)[0]), target).backward()
        nn.utils.clip_grad_norm_(weights, 1)
        adam.step()
        times.append(time.perf_counter() - begun)
    work = BATCH * STEPS
    print(f"{work / min(times):.0f} {work / statistics.median(times):.0f} {torch.__version__}")


main()
