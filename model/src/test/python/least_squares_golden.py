"""Writes src/test/resources/online/least-squares.csv: rows x1,x2,x3,y1,y2, then a row of NumPy's weighted solution for
each y, the age of a pair fading it by 0.99 and one pair's worth of ridge on scaled columns as LeastSquares has it."""

import pathlib

import numpy as np

rng = np.random.default_rng(7)
n = 200
x = np.column_stack([np.ones(n), 1e6 * rng.standard_normal(n), rng.standard_normal(n) + 5])
y = np.column_stack([3 + 2e-6 * x[:, 1] - x[:, 2], x[:, 2] * 10]) + rng.standard_normal((n, 2))
weight = 0.99 ** np.arange(n - 1, -1, -1)
root = np.sqrt(weight)[:, None]
scale = np.sqrt((x**2 * weight[:, None]).sum(0))
ridge = np.sqrt(1 / weight.sum())
solution = []
for target in y.T:
    a = np.vstack([x * root / scale, ridge * np.eye(3)])
    b = np.concatenate([target * root[:, 0], np.zeros(3)])
    solution.append(np.linalg.lstsq(a, b, rcond=None)[0] / scale)
out = pathlib.Path(__file__).parents[1] / "resources/online/least-squares.csv"
with out.open("w") as file:
    for row in np.hstack([x, y]):
        file.write(",".join(repr(float(v)) for v in row) + "\n")
    for w in solution:
        file.write(",".join(repr(float(v)) for v in w) + "\n")
