package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connectors.Arrival;
import io.sluice.forecast.Timing;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.ManualClock;
import org.junit.jupiter.api.Test;

class ArrivalClockTest {
  private static final Timing TIMING = Timing.DEFAULT;

  private final ManualClock now = new ManualClock();
  private final ArrivalClock clock = new ArrivalClock(TIMING, Duration.ofSeconds(10), now);
  private final Said said = new Said();

  @Test
  void eventTimeIsTheLatestReadingsLessTheLatenessThatIsAllowed() {
    hears(Plant.arrival("pump", 7, 20), Plant.arrival("fan", 5, 20));
    assertThat(said.time)
        .isEqualTo(Plant.START + 7 * Plant.MINUTE - TIMING.lateness().toMillis() - 1);
  }

  @Test
  void aClockThatRunsAheadAndWhatCannotBeReadMoveNothing() {
    hears(Plant.arrival("pump", 7, 20));
    long before = said.time;
    hears(Plant.ahead("fan", 8, 1, 20), Plant.rejected(2));
    assertThat(said.time).isEqualTo(before);
  }

  @Test
  void aPartitionOfNothingButThoseHoldsNobodyBack() {
    for (int second = 0; second < 30; second++) {
      hears(Plant.ahead("fan", 8, second, 20), Plant.rejected(second));
    }
    assertThat(said.idle).isTrue();
    hears(Plant.arrival("pump", 7, 20));
    assertThat(said.idle).isFalse();
  }

  @Test
  void aPartitionThatIsHeardIsNotIdle() {
    for (int second = 0; second < 30; second++) {
      hears(Plant.arrival("pump", second, 20));
    }
    assertThat(said.idle).isFalse();
  }

  /** Within a second. */
  private void hears(Arrival... arrivals) {
    for (Arrival arrival : arrivals) {
      clock.onEvent(arrival, arrival.original().timestamp(), said);
    }
    now.advanceTime(Duration.ofSeconds(1));
    clock.onPeriodicEmit(said);
  }

  private static final class Said implements WatermarkOutput {
    private long time;
    private boolean idle;

    @Override
    public void emitWatermark(Watermark watermark) {
      time = watermark.getTimestamp();
      idle = false;
    }

    @Override
    public void markIdle() {
      idle = true;
    }

    @Override
    public void markActive() {
      idle = false;
    }
  }
}
