package io.sluice.backtest;

import io.sluice.connectors.files.Columns;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What to run over and what to score.
 *
 * @param train readings, or their share below 1, whose mean and deviation scale the errors and which are not scored
 * @param valid the same for those after them, not scored either
 * @param test readings after those, all that follow if 0; the file is not read further
 * @param horizon leads that are written and reported
 * @param history last values from which the cheap forecasters learn
 */
public record BacktestPlan(
    Path data,
    Columns columns,
    double train,
    double valid,
    int test,
    List<Integer> horizon,
    int history,
    Path out) {
  /** Above this, errors through a lead are not known: only the leads asked for are forecast. */
  private static final int MOST_LEADS = 96;

  public BacktestPlan {
    horizon = horizon.stream().distinct().sorted().toList();
    if (train < 0 || valid < 0) {
      throw new IllegalArgumentException("train %s and valid %s".formatted(train, valid));
    }
  }

  /** Every lead up to the furthest where that is feasible. */
  static List<Integer> leads(List<Integer> asked) {
    List<Integer> sorted = asked.stream().distinct().sorted().toList();
    int furthest = sorted.get(sorted.size() - 1);
    return furthest > MOST_LEADS ? sorted : IntStream.rangeClosed(1, furthest).boxed().toList();
  }

  int trained(int rows) {
    return rows(train, rows);
  }

  /** The first reading that is scored. */
  int begin(int rows) {
    return Math.min(rows, rows(train, rows) + rows(valid, rows));
  }

  /** How many readings of the file are used. */
  int used(int rows) {
    return test == 0 ? rows : Math.min(rows, begin(rows) + test);
  }

  private static int rows(double part, int rows) {
    return part < 1 ? (int) (part * rows) : (int) Math.min(part, rows);
  }
}
