package io.sluice.connectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.anomaly.Episode;
import io.sluice.anomaly.Kind;
import io.sluice.anomaly.Verdict;
import io.sluice.connectors.wire.Labels;
import io.sluice.forecast.Forecast;
import io.sluice.forecast.Reading;
import io.sluice.forecast.Status;
import io.sluice.symbols.Symbols;
import io.sluice.weights.Part;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One of each thing that flows. */
public final class Examples {
  public static final Labels LABELS =
      new Labels(List.of("celsius", "bar"), List.of(1, 24), List.of(0.05, 0.5, 0.95));

  private Examples() {}

  public static Forecast forecast(String series) {
    return new Forecast(
        series,
        1_700_000_000_000L,
        "default",
        42,
        Status.LIVE,
        true,
        new long[] {1_700_000_060_000L, 1_700_001_440_000L},
        new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12},
        new double[] {0.9, 0.91, Double.NaN, 0.93});
  }

  /** Its second variable has had no value yet. */
  public static Forecast unheard(String series) {
    double[] quantiles = {1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0};
    Arrays.fill(quantiles, 6, 12, Double.NaN);
    Forecast heard = forecast(series);
    return new Forecast(
        series,
        heard.time(),
        heard.model(),
        heard.version(),
        heard.status(),
        heard.imputed(),
        heard.at(),
        quantiles,
        heard.coverage());
  }

  public static final Labels SYMBOLS =
      new Labels(
          List.of("state"), List.of(1), List.of(), new Symbols(List.of("idle", "run", "fault"), 2));

  /** Of a series of symbols. */
  public static Forecast symbols(String series) {
    return new Forecast(
        series,
        1_700_000_000_000L,
        "default",
        42,
        Status.LIVE,
        false,
        new long[] {1_700_000_060_000L},
        new double[0],
        new double[] {0.9},
        new int[] {2, 3},
        new double[] {0.75, 0.125});
  }

  /** Of a series of symbols. */
  public static Verdict unknown(String series) {
    return new Verdict(
        series,
        1_700_000_000_000L,
        Kind.UNKNOWN,
        0.97,
        new double[] {77},
        new double[] {1},
        new double[] {Double.NaN},
        new double[] {Double.NaN},
        new double[] {1},
        true,
        "",
        Episode.NONE);
  }

  public static Verdict verdict(String series) {
    return new Verdict(
        series,
        1_700_000_000_000L,
        Kind.OUT_OF_RANGE,
        0.97,
        new double[] {9, Double.NaN},
        new double[] {2, 5},
        new double[] {1, 4},
        new double[] {3, 6},
        new double[] {1, 0},
        false,
        "cool-down",
        new Episode(series + "@1", 1, 2, 0.98, 2));
  }

  public static Verdict calm(String series) {
    double[] two = {1, 2};
    return new Verdict(
        series, 1, Kind.NORMAL, 0, two, two, two, two, new double[2], false, "", Episode.NONE);
  }

  public static Original original() {
    return new Original(
        "readings",
        3,
        77,
        1_700_000_000_123L,
        Optional.of("pump-7".getBytes(UTF_8)),
        Optional.of("{\"a\":}".getBytes(UTF_8)),
        List.of(new Header("trace", new byte[] {1, 2, 3})));
  }

  public static Original bare() {
    return new Original("readings", 0, 0, 0, Optional.empty(), Optional.empty(), List.of());
  }

  public static Original message(String json) {
    return new Original(
        "readings",
        0,
        0,
        1_000,
        Optional.of("by-key".getBytes(UTF_8)),
        Optional.of(json.getBytes(UTF_8)),
        List.of());
  }

  public static Reading reading() {
    return new Reading(
        "pump-7 ü",
        1_700_000_000_000L,
        1_700_000_000_123L,
        new double[] {1.5, Double.NaN},
        new double[] {7});
  }

  /** The second of three, its digests made up. */
  public static Part part() {
    return new Part("pumps", 4, "ab".repeat(32), 1, 3, new byte[] {5, 0, -1}, "cd".repeat(32));
  }
}
