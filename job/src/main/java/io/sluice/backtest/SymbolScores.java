package io.sluice.backtest;

import io.sluice.anomaly.Verdict;
import io.sluice.symbols.Symbols;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How Sluice and its rivals foretold symbols, in all and over time; of Sluice also by series and by symbol, with its alerts. */
final class SymbolScores {
  static final String SLUICE = "sluice";
  static final List<String> RIVALS = List.of("markov", "frequency", "last");

  private static final int MOST_STRETCHES = 120;

  /** Readings under which a mean says little. */
  private static final int FEWEST = 50;

  private final Symbols symbols;
  private final int begin;
  private final int stretch;
  private final Map<String, Guesses[]> course = new LinkedHashMap<>();
  private final Map<String, Guesses> all = new LinkedHashMap<>();
  private final Map<String, Group> series = new TreeMap<>();
  private final Group[] places;

  /** Symbols that have something in common. */
  static final class Group {
    private final Guesses guesses = new Guesses();
    private long alerts;

    Guesses guesses() {
      return guesses;
    }

    long alerts() {
      return alerts;
    }
  }

  SymbolScores(Symbols symbols, int begin, int end) {
    this.symbols = symbols;
    this.begin = begin;
    stretch = Math.max(FEWEST, (end - begin - 1) / MOST_STRETCHES + 1);
    for (String name : names()) {
      all.put(name, new Guesses());
      course.put(name, new Guesses[(end - begin + stretch - 1) / stretch]);
      Arrays.setAll(course.get(name), i -> new Guesses());
    }
    places = new Group[symbols.places()];
    Arrays.setAll(places, place -> new Group());
  }

  /** Sluice first. */
  static List<String> names() {
    return List.of(SLUICE, RIVALS.get(0), RIVALS.get(1), RIVALS.get(2));
  }

  /** What that one had said of a symbol that came. */
  void heard(String name, int reading, double[] chances, int place) {
    all.get(name).score(chances, place, symbols.top());
    course.get(name)[(reading - begin) / stretch].score(chances, place, symbols.top());
  }

  /** The same of Sluice, whose every symbol and series is looked at. */
  void heardSluice(String name, double[] chances, int place) {
    series(name).guesses.score(chances, place, symbols.top());
    places[place].guesses.score(chances, place, symbols.top());
  }

  void verdict(Verdict verdict) {
    int place = symbols.place(verdict.actual()[0]);
    series(verdict.series()).alerts += verdict.alert() ? 1 : 0;
    if (place != Symbols.MISSING) {
      places[place].alerts += verdict.alert() ? 1 : 0;
    }
  }

  private Group series(String name) {
    return series.computeIfAbsent(name, first -> new Group());
  }

  Guesses all(String name) {
    return all.get(name);
  }

  /** By their names. */
  Map<String, Group> series() {
    return series;
  }

  Group place(int place) {
    return places[place];
  }

  /** Of each stretch of readings, the first of which begins where scoring does. */
  Guesses[] course(String name) {
    return course.get(name);
  }

  int begin() {
    return begin;
  }

  /** Readings of each. */
  int stretch() {
    return stretch;
  }

  long alerts() {
    return series.values().stream().mapToLong(Group::alerts).sum();
  }
}
