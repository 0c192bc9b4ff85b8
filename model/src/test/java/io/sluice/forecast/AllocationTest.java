package io.sluice.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.sluice.anomaly.Verdict;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/**
 * Once compiled, a step leaves little more behind for the collector than the rows it hands on. Small objects that the
 * compiler proves local vanish or not, as it happens to inline; an array of the memory's or network's size never fits.
 */
class AllocationTest {
  private static final int ROUNDS = 20;
  private static final int STEPS = 10_000;

  @Test
  void allocatesLittleMoreThanItsRows() {
    ForecastPlan plan = Plans.irregular();
    Model model = Plans.model(plan, 1, 5);
    Forecaster forecaster = new Forecaster(plan);
    Memory memory = Memory.fresh(plan);
    Reading[] readings = new Reading[ROUNDS * STEPS];
    for (int i = 0; i < readings.length; i++) {
      readings[i] = Plans.reading(i, i % 7, i % 11);
    }
    Nobody nobody = new Nobody();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long each = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = round * STEPS; i < (round + 1) * STEPS; i++) {
        forecaster.advance(memory, readings[i], model, nobody);
      }
      each = Math.min(each, (threads.getCurrentThreadAllocatedBytes() - before) / STEPS);
    }
    int header = 16;
    int arrays = (3 + 2 * 3 * 4 + 2 * 3) * 8 + 3 * header;
    int verdict = 4 * (header + 2 * 8);
    int records = 56 + 72;
    int small = 256;
    assertThat(each).isLessThanOrEqualTo(arrays + verdict + records + small);
  }

  private static final class Nobody implements Outcomes {
    @Override
    public void forecast(Forecast forecast) {}

    @Override
    public void verdict(Verdict verdict) {}

    @Override
    public void late(Reading reading, String reason) {}

    @Override
    public void repeat(Reading reading) {}
  }
}
