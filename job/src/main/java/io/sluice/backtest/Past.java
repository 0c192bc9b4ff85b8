package io.sluice.backtest;

import io.sluice.connectors.Arrival;
import io.sluice.forecast.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Readings of one series in the order in which they are stepped, and what people said in between. */
final class Past {
  private final List<Reading> readings;
  private final Set<Long> passedOver;
  private final SortedMap<Integer, List<Arrival.Labelled>> said = new TreeMap<>();

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

  /**
   * Begins with that reading, from a savepoint: what the job had heard by then is not said again, and what it had yet to hear is
   * said before that reading, though it may have come sooner.
   *
   * @param heard the offset, by partition, up to which the job had heard what people say; where there is none, all that was said
   *     before the reading before that one
   * @return whether that leaves something in doubt: said just before that reading, and perhaps heard
   */
  boolean beginWith(int reading, Map<Integer, Long> heard) {
    SortedMap<Integer, List<Arrival.Labelled>> all = new TreeMap<>(said);
    said.clear();
    boolean doubtful = false;
    for (Map.Entry<Integer, List<Arrival.Labelled>> before : all.entrySet()) {
      for (Arrival.Labelled label : before.getValue()) {
        Long place = heard.get(label.original().partition());
        doubtful |= place == null && before.getKey() == reading;
        if (place == null ? before.getKey() >= reading : label.original().offset() >= place) {
          say(Math.max(before.getKey(), reading), label);
        }
      }
    }
    return doubtful;
  }

  /** What was said after the reading before that one. */
  List<Arrival.Labelled> said(int reading) {
    return said.getOrDefault(reading, List.of());
  }
}
