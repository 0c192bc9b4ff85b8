package io.sluice.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SampleTest {
  /** So many windows of one step, which carry the number of their series and their own. */
  private static Windows windows(int series, int count) {
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      windows.add(new Window(new float[] {series, i}, new float[] {1}, new float[] {1}));
    }
    return Windows.of(1, windows);
  }

  private static List<String> drawn(Sample sample) {
    List<String> drawn = new ArrayList<>();
    Windows windows = sample.windows(1);
    for (int i = 0; i < windows.count(); i++) {
      float[] inputs = windows.window(i).inputs();
      drawn.add((int) inputs[0] + "/" + (int) inputs[1]);
    }
    return drawn;
  }

  @Test
  void isTheSameWhoeverComesFirstAndAnotherUnderAnotherSeed() {
    Sample forth = new Sample(20, 3);
    Sample back = new Sample(20, 3);
    Sample other = new Sample(20, 4);
    for (int series = 0; series < 9; series++) {
      forth.offer("s" + series, windows(series, 50));
      back.offer("s" + (8 - series), windows(8 - series, 50));
      other.offer("s" + series, windows(series, 50));
    }

    assertThat(drawn(forth)).hasSize(20).isEqualTo(drawn(back)).isNotEqualTo(drawn(other));
  }

  @Test
  void oneLoudSeriesDoesNotDrownTheOthers() {
    Sample sample = new Sample(400, 1);
    sample.offer("loud", windows(0, 100_000));
    for (int series = 1; series < 10; series++) {
      sample.offer("quiet-" + series, windows(series, 1_000));
    }
    TreeMap<String, Integer> counts = new TreeMap<>();
    drawn(sample).forEach(one -> counts.merge(one.substring(0, 1), 1, Integer::sum));

    assertThat(counts).hasSize(10).allSatisfy((series, n) -> assertThat(n).isBetween(20, 65));
  }

  @Test
  void theLatestQuarterIsDrawnMoreOftenThanTheOldest() {
    Sample sample = new Sample(1_000, 1);
    sample.offer("one", windows(1, 40_000));
    List<Integer> indices =
        drawn(sample).stream().map(one -> Integer.parseInt(one.split("/")[1])).toList();
    long oldest = indices.stream().filter(i -> i < 10_000).count();
    long latest = indices.stream().filter(i -> i >= 30_000).count();

    // 4^(3/4) = 2.83, the mean weight of the latest quarter over that of the oldest
    assertThat((double) latest / oldest).isBetween(2.2, 3.6);
  }

  @Test
  void windowsWithoutATargetAreLeftOut() {
    Sample sample = new Sample(5, 1);
    Window empty = new Window(new float[1], new float[1], new float[1]);
    sample.offer("a", Windows.of(1, List.of(empty, empty)));

    assertThat(sample.count()).isZero();
  }
}
