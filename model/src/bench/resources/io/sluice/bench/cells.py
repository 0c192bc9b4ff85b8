"""Nanoseconds of a step of torch's LSTMCell, one thread: lines of hidden, series, nanoseconds in the best of 40
rounds, in the median one."""
import statistics
import time

import torch

torch.set_num_threads(1)
with torch.inference_mode():
    for series, sizes, steps in ((1, (32, 64, 128), 400), (96, (64, 128, 256), 20)):
        for hidden in sizes:
            cell = torch.nn.LSTMCell(8, hidden)
            x = torch.randn(series, 8)
            state = (torch.zeros(series, hidden), torch.zeros(series, hidden))
            times = []
            for _ in range(40):
                start = time.perf_counter()
                for _ in range(steps):
                    state = cell(x, state)
                times.append((time.perf_counter() - start) / steps)
            print(hidden, series, min(times) * 1e9, statistics.median(times) * 1e9, torch.__version__)
