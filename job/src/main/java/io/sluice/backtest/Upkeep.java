package io.sluice.backtest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.forecast.Forecaster;
import io.sluice.forecast.Memory;
import io.sluice.online.Faculty;
import io.sluice.online.Scales;
import io.sluice.online.Stopwatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What forecasting took, by faculty, as this run measured it: bytes of the series' memory at its end, and the time of a
 * reading in the mean over all of them, all variables together, the clock's own 25 ns a turn included.
 */
record Upkeep(List<Share> shares, double perSecond) {
  /** One faculty's. */
  record Share(String name, int bytes, double micros) {}

  static Upkeep of(Forecaster forecaster, Memory memory, int readings) {
    Stopwatch stopwatch = forecaster.stopwatch();
    Scales scales = new Scales();
    memory.weigh(scales);
    int rest = memory.bytes().length;
    long nanos = 0;
    List<Share> shares = new ArrayList<>();
    for (Faculty faculty : Faculty.values()) {
      int bytes = faculty == Faculty.REST ? rest : scales.bytes(faculty);
      rest -= bytes;
      nanos += stopwatch.nanos(faculty);
      double micros = stopwatch.nanos(faculty) / 1e3 / readings;
      if (bytes > 0 || micros > 0) {
        shares.add(new Share(faculty.words(), bytes, micros));
      }
    }
    return new Upkeep(List.copyOf(shares), readings / (nanos / 1e9));
  }

  void write(ObjectNode node) {
    for (Share share : shares) {
      node.putObject(share.name).put("bytes", share.bytes).put("micros", share.micros);
    }
  }

  /** For the eye. */
  String table() {
    StringBuilder table =
        new StringBuilder("each took, over all leads            bytes   µs a reading\n");
    for (Share share : shares) {
      table.append(
          String.format(
              Locale.ROOT, "  %-32s %8d  %13.3f%n", share.name, share.bytes, share.micros));
    }
    return table.toString();
  }
}
