package io.sluice.forecast;

import io.sluice.anomaly.Verdict;
import java.util.Locale;
import java.util.Random;

/**
 * What verdicts and alerts take of a reading's time, with the cheap forecasters and without: one thread, one variable of a
 * daily rhythm, no network; of the best round.
 *
 * <p>{@code java -cp … io.sluice.forecast.VerdictBench}, on the classpath of the model's benchmarks.
 */
public final class VerdictBench {
  private static final int SEASON = 96;
  private static final int KNOWN = 20_000;
  private static final int ROUND = 5_000;
  private static final int ROUNDS = 40;
  private static final double MICROS = 1e3;

  private final ForecastPlan plan;
  private final Forecaster forecaster;
  private final Judge judge;
  private final Memory memory;
  private final Random random = new Random(1);
  private final Deaf deaf = new Deaf();
  private long minute;

  private VerdictBench(int history) {
    plan = ForecastPlan.of("load").withHistory(history);
    forecaster = new Forecaster(plan);
    judge = new Judge(plan);
    memory = Memory.fresh(plan);
  }

  public static void main(String[] arguments) {
    for (int history : new int[] {0, 512, 1200}) {
      new VerdictBench(history).measure(history);
    }
  }

  private void measure(int history) {
    for (int i = 0; i < KNOWN; i++) {
      forecaster.advance(memory, next(), Model.none(), deaf);
    }
    double all = Double.MAX_VALUE;
    double verdicts = Double.MAX_VALUE;
    Reading[] readings = new Reading[ROUND];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < ROUND; i++) {
        readings[i] = next();
      }
      long begun = System.nanoTime();
      for (Reading reading : readings) {
        forecaster.advance(memory, reading, Model.none(), deaf);
      }
      all = Math.min(all, System.nanoTime() - begun);
      begun = System.nanoTime();
      for (Reading reading : readings) {
        deaf.verdict(judge.verdict(memory, reading));
      }
      verdicts = Math.min(verdicts, System.nanoTime() - begun);
    }
    double each = all / ROUND / MICROS;
    double judged = verdicts / ROUND / MICROS;
    System.out.printf(
        Locale.ROOT,
        "history %4d: %.2f µs a reading, verdicts and alerts %.2f µs of them: %.2f of the throughput without; a memory of %,d bytes%n",
        history,
        each,
        judged,
        1 - judged / each,
        memory.bytes().length);
  }

  private Reading next() {
    minute++;
    double value = 20 + 5 * Math.sin(minute * 2 * Math.PI / SEASON) + random.nextGaussian();
    return new Reading("pump", minute * 60_000, value);
  }

  private static final class Deaf implements Outcomes {
    private double sum;

    @Override
    public void forecast(Forecast forecast) {
      sum += forecast.quantiles()[0];
    }

    @Override
    public void verdict(Verdict verdict) {
      sum += verdict.surprise();
    }

    @Override
    public void late(Reading reading, String reason) {}

    @Override
    public void repeat(Reading reading) {}
  }
}
