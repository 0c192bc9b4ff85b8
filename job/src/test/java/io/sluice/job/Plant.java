package io.sluice.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.anomaly.Label;
import io.sluice.connectors.Arrival;
import io.sluice.connectors.Original;
import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Reading;
import io.sluice.settings.Settings;
import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Edition;
import io.sluice.weights.Provenance;
import io.sluice.weights.Release;
import io.sluice.weights.Signature;
import io.sluice.weights.Tensor;
import io.sluice.weights.Tensors;
import io.sluice.weights.Variable;
import io.sluice.weights.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Readings and weights to try the job with; the same seed gives the same. */
final class Plant {
  static final long START = 1_700_000_000_000L;
  static final long MINUTE = 60_000;

  private Plant() {}

  static Settings settings(String more) {
    return Settings.parse(
        """
        kafka: {bootstrap: "localhost:1"}
        readings: {values: {celsius: celsius}}
        """
            + more);
  }

  /** A reading in its record, the offset being the minute. */
  static Arrival.Decoded arrival(String series, long minute, double value) {
    return arrival(series, minute, minute, value);
  }

  static Arrival.Decoded arrival(String series, long minute, long offset, double value) {
    long time = START + minute * MINUTE;
    byte[] bytes = Double.toString(value).getBytes(UTF_8);
    return new Arrival.Decoded(
        new Reading(series, time, time, new double[] {value}, new double[0]),
        original(offset, time, bytes));
  }

  /** Feedback on that minute. */
  static Arrival.Labelled says(String series, long minute, Label label) {
    long time = START + minute * MINUTE;
    return new Arrival.Labelled(series, time, label, original(minute, time, new byte[] {9}));
  }

  static Arrival.Rejected rejected(long offset) {
    return new Arrival.Rejected("rubbish", original(offset, START, new byte[] {1, 2, 3}));
  }

  private static Original original(long offset, long time, byte[] bytes) {
    return new Original(
        "readings", 0, offset, time, Optional.empty(), Optional.of(bytes), List.of());
  }

  /** So many readings of several series, some of them late, repeated, missing, hostile or from a clock that is ahead. */
  static List<Arrival> readings(int count, int series, long seed) {
    Random random = new Random(seed);
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = "pump-" + i % series;
      long minute = i / series;
      double value = 20 + Math.sin(minute * Math.PI / 30) + random.nextGaussian();
      arrivals.add(
          switch (random.nextInt(20)) {
            case 0 -> arrival(name, minute - 3, i, value);
            case 1 -> i < series ? rejected(i) : arrivals.get(i - series);
            case 2 -> arrival(name, minute, i, Double.NaN);
            case 3 -> rejected(i);
            case 4 -> ahead(name, minute, i, value);
            default -> arrival(name, minute, i, value);
          });
    }
    return arrivals;
  }

  /** An hour ahead of the log's clock. */
  static Arrival ahead(String series, long minute, long offset, double value) {
    long time = START + minute * MINUTE;
    return new Arrival.Decoded(
        new Reading(series, time + 60 * MINUTE, time, new double[] {value}, new double[0]),
        original(offset, time, new byte[] {7}));
  }

  /** Weights at random that fit the plan, promoted from that minute on. */
  static Release release(ForecastPlan plan, long version, long minute, long seed) {
    return candidate(plan, version, seed).promoted(START + minute * MINUTE, Edition.BY_HAND);
  }

  static Release candidate(ForecastPlan plan, long version, long seed) {
    Architecture architecture =
        new Architecture(CellKind.LSTM, plan.inputs().size(), 8, 1, false, 0, plan.head());
    Signature signature =
        new Signature(
            plan.inputs(),
            plan.variables().stream().map(name -> new Variable(name, "", 0, 1)).toList(),
            plan.horizon(),
            plan.timing().zone());
    return new Release(
        Edition.candidate("default", version),
        new Weights(architecture, tensors(architecture, new Random(seed))),
        signature,
        Provenance.imported("a test"));
  }

  private static Tensors tensors(Architecture architecture, Random random) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    architecture
        .shapes()
        .forEach(
            (name, shape) -> {
              Tensor tensor = Tensor.zeros(shape);
              for (int i = 0; i < tensor.data().length; i++) {
                tensor.data()[i] = (float) (random.nextGaussian() * 0.3);
              }
              tensors.put(name, tensor);
            });
    return new Tensors(tensors);
  }
}
