package io.sluice.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * At most so many windows out of those of many series, whoever comes first.
 *
 * <p>Each series weighs as much as any other, however loud it is, and of each the latest windows weigh four times as much
 * as the oldest. What is drawn depends on the seed and on what was offered, not on the order of the series.
 */
public final class Sample {
  private static final double OLDEST = 0.25;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final int most;
  private final long seed;
  private final PriorityQueue<Drawn> drawn =
      new PriorityQueue<>(Comparator.comparingDouble(Drawn::priority).reversed());

  private record Drawn(double priority, String series, int index, Window window) {}

  public Sample(int most, long seed) {
    if (most < 1) {
      throw new IllegalArgumentException("a sample of %d windows".formatted(most));
    }
    this.most = most;
    this.seed = seed;
  }

  /** All windows of a series, in the order of time; those that nothing could be learnt from are left out. */
  public void offer(String series, Windows windows) {
    for (int index = 0; index < windows.count(); index++) {
      double age = 1 - (index + 1.0) / windows.count();
      double weight = StrictMath.pow(OLDEST, age) / windows.count();
      double priority = -StrictMath.log(1 - uniform(series, index)) / weight;
      if (drawn.size() < most || priority < drawn.peek().priority) {
        put(new Drawn(priority, series, index, windows.window(index)));
      }
    }
  }

  private void put(Drawn one) {
    for (float share : one.window.mask()) {
      if (share > 0) {
        drawn.add(one);
        if (drawn.size() > most) {
          drawn.remove();
        }
        return;
      }
    }
  }

  private double uniform(String series, int index) {
    long mixed = (seed * SPREAD + series.hashCode()) * SPREAD + index;
    return new SplittableRandom(mixed).nextDouble();
  }

  public int count() {
    return drawn.size();
  }

  /** What was drawn, of each series by itself, in the order of their names. */
  public List<Windows> bySeries(int steps) {
    Map<String, List<Drawn>> drawnOf = new TreeMap<>();
    drawn.forEach(one -> drawnOf.computeIfAbsent(one.series, name -> new ArrayList<>()).add(one));
    List<Windows> windows = new ArrayList<>();
    for (List<Drawn> one : drawnOf.values()) {
      one.sort(Comparator.comparingInt(Drawn::index));
      windows.add(Windows.of(steps, one.stream().map(Drawn::window).toList()));
    }
    return windows;
  }

  /** What was drawn, by series and time. */
  public Windows windows(int steps) {
    List<Drawn> ordered = new ArrayList<>(drawn);
    ordered.sort(Comparator.comparing(Drawn::series).thenComparingInt(Drawn::index));
    return Windows.of(steps, ordered.stream().map(Drawn::window).toList());
  }
}
