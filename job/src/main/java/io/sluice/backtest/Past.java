package io.sluice.backtest;

import io.sluice.connectors.Arrival;
import io.sluice.forecast.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Readings of one series in the order in which they are stepped, and what people said in between. */
final class Past {
  private final List<Reading> readings;
  private final Set<Long> passedOver;
  private final Map<Integer, List<Arrival.Labelled>> said = new HashMap<>();

  /** @param passedOver times of others, which are not stepped */
  Past(List<Reading> readings, Set<Long> passedOver) {
    this.readings = readings;
    this.passedOver = passedOver;
  }

  boolean passedOver(long time) {
    return passedOver.contains(time);
  }

  List<Reading> readings() {
    return readings;
  }

  /** Somebody says so before that reading. */
  void say(int reading, Arrival.Labelled label) {
    said.computeIfAbsent(reading, none -> new ArrayList<>()).add(label);
  }

  /** What was said after the reading before that one. */
  List<Arrival.Labelled> said(int reading) {
    return said.getOrDefault(reading, List.of());
  }
}
