#!/usr/bin/env python3
"""Surprise over the files of NAB and of the UCR anomaly archive, through ./sluice backtest, and what it scores.

  job/src/accuracy/surprise.py --nab DIR --ucr DIR [--out DIR] [--jobs 2]

DIR of NAB holds data/, labels/combined_windows.json; that of UCR index.json and the series. One default setting for all
files. --out keeps, beside the verdicts, results/sluice and results/null as NAB's own run.py reads them:

  cp -r OUT/results/* NAB/results/ && cd NAB
  python3 run.py -d null,sluice --optimize --score --normalize --skipConfirmation

The score printed here is a re-implementation of its sweep for the standard profile, equal to it in every digit it prints.
Needs nothing but Python 3.8 and the built ./sluice.
"""
import argparse
import csv
import datetime
import json
import math
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FALSE_ALARM = 0.11
PROBATION = 0.15


def backtest(data, columns, train, out):
    command = [str(ROOT / "sluice"), "backtest", "--data", str(data), *columns, "--train", str(train), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{data}: {done.stderr.strip()}")
    with open(out / "verdicts.csv", newline="") as file:
        return [float(row["surprise"]) for row in csv.DictReader(file)]


def over(jobs, tasks, run):
    """Runs the tasks some at a time and tells how far it is."""
    begun = time.time()
    results = []
    with ThreadPoolExecutor(jobs) as pool:
        for task, result in zip(tasks, pool.map(run, tasks)):
            results.append(result)
            done, spent = len(results), time.time() - begun
            left = spent / done * (len(tasks) - done)
            print(f"{done} of {len(tasks)}  {task}  {spent:.0f} s, {left:.0f} s left", file=sys.stderr, flush=True)
    return results, time.time() - begun


# ---- NAB

def sigmoid(position):
    return -1.0 if position > 3 else 2 / (1 + math.exp(5 * position)) - 1


def worth(times, windows):
    """For each row what an alarm there is worth, and the window it lies in: -1 for none, None in the probation."""
    index = {}
    for row, at in enumerate(times):
        index.setdefault(at, row)
    spans = [(index[begin], index[end]) for begin, end in windows]
    probation = min(math.floor(PROBATION * len(times)), PROBATION * 5000)
    rows, before = [], None
    for row in range(len(times)):
        window = next((w for w, (begin, end) in enumerate(spans) if begin <= row <= end), -1)
        if window >= 0:
            begin, end = spans[window]
            value = sigmoid(-(end - row + 1) / (end - begin + 1)) / sigmoid(-1)
            before = spans[window]
        elif before is None:
            value = -FALSE_ALARM
        else:
            value = FALSE_ALARM * sigmoid((row - before[1]) / (before[1] - before[0]))
        rows.append((value, None if row < probation else window))
    return rows


def sweep(points, windows):
    """The best that any one threshold reaches, normalised: 0 for silence, 100 for every window at its first row."""
    best = total = 0.0
    threshold, current, told = 1.1, 1.1, {}
    for score, value, window in sorted(points, key=lambda point: -point[0]):
        if score != current:
            if total > best:
                best, threshold = total, current
            current = score
        if window is None:
            total += value
        elif value > told.get(window, -1.0):
            total += value - told.get(window, -1.0)
            told[window] = value
    if total > best:
        best, threshold = total, current
    return 100 * best / (2 * windows), threshold


def instant(text):
    return datetime.datetime.fromisoformat(text)


def nab(folder, out, jobs):
    labels = json.loads((folder / "labels/combined_windows.json").read_text())
    names = sorted(name for name in labels if (folder / "data" / name).exists())

    def run(name):
        columns = ["--time", "timestamp", "--values", "value"]
        return backtest(folder / "data" / name, columns, PROBATION, out / "nab" / name[:-4])

    scores, spent = over(jobs, names, run)
    points, windows = [], 0
    for name, surprises in zip(names, scores):
        with open(folder / "data" / name, newline="") as file:
            rows = list(csv.DictReader(file))
        spans = [(instant(begin), instant(end)) for begin, end in labels[name]]
        windows += len(spans)
        worths = worth([instant(row["timestamp"]) for row in rows], spans)
        for score, (value, window) in zip(surprises, worths):
            if window is not None:
                points.append((score, value, None if window < 0 else (name, window)))
        keep(out / "results", name, rows, surprises, worths)
    score, threshold = sweep(points, windows)
    print(f"NAB, {len(names)} files, {windows} windows, standard profile: {score:.2f} at surprise {threshold:.4f}, in {spent:.0f} s")


def keep(results, name, rows, surprises, worths):
    category, file = name.split("/")
    for detector in ("sluice", "null"):
        path = results / detector / category / f"{detector}_{file}"
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "w", newline="") as target:
            writer = csv.writer(target)
            writer.writerow(["timestamp", "value", "anomaly_score", "label"])
            for row, score, (_, window) in zip(rows, surprises, worths):
                said = score if detector == "sluice" else 0.5
                writer.writerow([row["timestamp"], row["value"], said, int(window is not None and window >= 0)])


# ---- UCR

def ucr(folder, out, jobs):
    index = json.loads((folder / "index.json").read_text())

    def run(name):
        train, begin, end, _ = index[name]
        surprises = backtest(folder / name, ["--values", "1"], train, out / "ucr" / name[:-7])
        highest = max(range(train, len(surprises)), key=lambda row: surprises[row]) + 1
        aside = max(100, end - begin + 1)
        return begin - 100 <= highest <= end + 100, begin - aside <= highest <= end + aside, highest

    found, spent = over(jobs, sorted(index), run)
    for name, (strict, _, highest) in zip(sorted(index), found):
        print(f"{'found ' if strict else 'missed'} {name[:-7]}: highest at {highest}")
    strict, wide = sum(one for one, _, _ in found), sum(one for _, one, _ in found)
    print(
        f"UCR, {len(found)} series: {strict} within 100 points ({100 * strict / len(found):.1f} %), {wide} within 100 points or"
        f" the anomaly's length ({100 * wide / len(found):.1f} %), in {spent:.0f} s"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nab", type=Path)
    parser.add_argument("--ucr", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "job/target/surprise")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    if args.nab:
        nab(args.nab, args.out, args.jobs)
    if args.ucr:
        ucr(args.ucr, args.out, args.jobs)


if __name__ == "__main__":
    main()
