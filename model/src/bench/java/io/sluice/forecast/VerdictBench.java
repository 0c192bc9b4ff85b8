package io.sluice.forecast;

import io.sluice.anomaly.Verdict;
import io.sluice.online.Stopwatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What verdicts and alerts take of a reading's time, with the cheap forecasters and without: {@code VerdictBench [--json
 * FILE]}. One thread, one variable of a daily rhythm, no network. Two memories hear the same readings in turn, and one of
 * them is never judged; of each the best round counts.
 */
public final class VerdictBench {
  private static final int SEASON = 96;
  private static final int KNOWN = 20_000;
  private static final int ROUND = 5_000;
  private static final int ROUNDS = 60;
  private static final double MICROS = 1e3;

  private final ForecastPlan plan;
  private final Forecaster forecaster;
  private final Judge judge;
  private final Intake intake;
  private final Outlook outlook;
  private final Memory judged;
  private final Memory unjudged;
  private final Random random = new Random(1);
  private final Deaf deaf = new Deaf();
  private long minute;

  private VerdictBench(int history) {
    plan = ForecastPlan.of("load").withHistory(history);
    forecaster = new Forecaster(plan);
    judge = new Judge(plan);
    intake = new Intake(plan);
    outlook = new Outlook(plan, new Stopwatch());
    judged = Memory.fresh(plan);
    unjudged = Memory.fresh(plan);
  }

  public static void main(String[] arguments) throws IOException {
    List<String> rows = new ArrayList<>();
    for (int history : new int[] {0, 512, 1200}) {
      rows.add(new VerdictBench(history).measure(history));
    }
    if (arguments.length == 2 && arguments[0].equals("--json")) {
      Files.writeString(Path.of(arguments[1]), "[" + String.join(",\n ", rows) + "]\n");
    }
  }

  private String measure(int history) {
    List<Reading> readings = readings(KNOWN);
    readings.forEach(this::judge);
    readings.forEach(this::step);
    double with = Double.MAX_VALUE;
    double without = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      readings = readings(ROUND);
      long begun = System.nanoTime();
      readings.forEach(this::judge);
      long between = System.nanoTime();
      readings.forEach(this::step);
      with = Math.min(with, (between - begun) / MICROS / ROUND);
      without = Math.min(without, (System.nanoTime() - between) / MICROS / ROUND);
    }
    int bytes = judged.bytes().length;
    System.out.printf(
        Locale.ROOT,
        "history %4d: %.2f µs a reading with verdicts and alerts, %.2f without: %.2f of the throughput; a memory of %,d bytes%n",
        history,
        with,
        without,
        without / with,
        bytes);
    return String.format(
        Locale.ROOT,
        "{\"history\": %d, \"with\": %.4f, \"without\": %.4f, \"bytes\": %d}",
        history,
        with,
        without,
        bytes);
  }

  private void judge(Reading reading) {
    forecaster.advance(judged, reading, Model.none(), deaf);
  }

  /** As the forecaster does, less the verdict. */
  private void step(Reading reading) {
    judge.score(unjudged, reading);
    long elapsed = unjudged.pace().seen() > 0 ? reading.time() - unjudged.time() : 0;
    intake.take(unjudged, elapsed, reading.values(), reading.covariates(), Model.none());
    unjudged.pace().heard(reading.time(), Door.print(reading));
    deaf.forecast(outlook.forecast(reading.series(), unjudged, Model.none()));
  }

  private List<Reading> readings(int count) {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      minute++;
      double rhythm = 5 * Math.sin(minute * 2 * Math.PI / SEASON);
      readings.add(new Reading("pump", minute * 60_000, 20 + rhythm + random.nextGaussian()));
    }
    return readings;
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
