package io.sluice.cli;

import io.sluice.backtest.Backtest;
import io.sluice.training.Epoch;
import java.io.PrintWriter;

/** Says every few seconds how far a backtest is, at what rate, and how long it will take. */
final class BacktestProgress implements Backtest.Watcher {
  private static final long TELL_EVERY = 2_000_000_000L;

  private final PrintWriter out;
  private final int readings;
  private final long begun = System.nanoTime();
  private long told = begun;

  BacktestProgress(PrintWriter out, int readings) {
    this.out = out;
    this.readings = readings;
  }

  @Override
  public void read(int done) {
    if (due()) {
      double seconds = (System.nanoTime() - begun) / 1e9;
      out.printf(
          "%d of %d readings   %.0f a second   %.0f s left%n",
          done, readings, done / seconds, seconds / done * (readings - done));
      out.flush();
    }
  }

  @Override
  public void learnt(int from, Epoch epoch, int epochs) {
    if (due()) {
      out.printf(
          "learning from %d readings: %d of %d epochs   loss %.4f   %.0f steps a second   %.0f s left%n",
          from,
          epoch.number(),
          epochs,
          epoch.loss(),
          epoch.steps() / epoch.seconds(),
          epoch.seconds() * (epochs - epoch.number()));
      out.flush();
    }
  }

  private boolean due() {
    long now = System.nanoTime();
    boolean due = now - told >= TELL_EVERY;
    told = due ? now : told;
    return due;
  }
}
