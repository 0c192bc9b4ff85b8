package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class TimelessTest {
  @Test
  void weightsAreIdleSoThatAPauseOfTheReadingsForgetsNobody() {
    List<String> said = new ArrayList<>();
    WatermarkGenerator<String> weights = new Timeless<>();
    weights.onPeriodicEmit(new Listener(said));
    weights.onEvent("a part of a release", 1_000, new Listener(said));
    weights.onPeriodicEmit(new Listener(said));
    assertThat(said).containsExactly("idle", "idle");
  }

  private record Listener(List<String> said) implements WatermarkOutput {
    @Override
    public void emitWatermark(Watermark watermark) {
      said.add(watermark.toString());
    }

    @Override
    public void markIdle() {
      said.add("idle");
    }

    @Override
    public void markActive() {
      said.add("active");
    }
  }
}
