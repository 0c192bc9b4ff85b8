#!/usr/bin/env python3
"""Coverage of the 90 % interval, series by series: runs ./sluice backtest over a folder of benchmark data and prints a table.

usage: job/src/accuracy/coverage.py DATA OUT [--no-network]

DATA holds nab/data, ett and exchange_rate; what a run writes stays under OUT, and is not run again while it is there. What
follows OUT goes to every backtest.
"""
import gzip
import json
import pathlib
import subprocess
import sys

LEADS = ("1", "24", "48")
LEAST = 1000


def series(data):
    for file in sorted((data / "nab/data").glob("*/*.csv")):
        yield file, "timestamp", ["value"], "0.15"
    for folder, time in (("ett", "date"), ("exchange_rate", "date")):
        for file in sorted((data / folder).glob("*.csv.gz")):
            with gzip.open(file, "rt") as lines:
                yield file, time, [name for name in next(lines).strip().split(",") if name != time], "0.2"


def run(file, time, values, train, out, options):
    if not (out / "metrics.json").exists():
        call = ["./sluice", "backtest", "--data", file, "--time", time, "--values", ",".join(values)]
        subprocess.run(call + ["--train", train, "--out", out, *options], check=True, stdout=subprocess.DEVNULL)
        (out / "forecasts.csv").unlink()
        (out / "verdicts.csv").unlink()
    return json.loads((out / "metrics.json").read_text())


def main(data, out, options):
    print("| series | readings | " + " | ".join(f"H = {lead}" for lead in LEADS) + " |")
    print("|---|---|" + "---|" * len(LEADS))
    inside, cells = 0, 0
    for file, time, values, train in series(data):
        name = file.name.split(".csv")[0]
        variables = run(file, time, values, train, out / name, options)["variables"]
        for variable, leads in variables.items():
            scored = leads[LEADS[0]]["scored"]
            if scored < LEAST:
                continue
            shares = [leads[lead]["coverage"] for lead in LEADS]
            kept = [0.89 <= share <= 0.91 for share in shares]
            inside, cells = inside + sum(kept), cells + len(kept)
            shown = [f"{100 * share:.1f}" if ok else f"**{100 * share:.1f}**" for share, ok in zip(shares, kept)]
            label = name if variable == "value" else f"{name} {variable}"
            print(f"| {label} | {scored} | " + " | ".join(shown) + " |", flush=True)
    print(f"\n{inside} of {cells} within 89 to 91 %")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3:])
