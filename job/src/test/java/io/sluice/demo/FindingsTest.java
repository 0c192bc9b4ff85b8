package io.sluice.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.anomaly.Verdict;
import io.sluice.connectors.Arrival;
import io.sluice.connectors.Original;
import io.sluice.connectors.mapping.ReadingDecoder;
import io.sluice.forecast.Forecast;
import io.sluice.forecast.Forecaster;
import io.sluice.forecast.Memory;
import io.sluice.forecast.Model;
import io.sluice.forecast.Outcomes;
import io.sluice.forecast.Reading;
import io.sluice.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The demo's fleet told to the forecaster in a plain loop, faster than its clock, with the demo's settings. */
class FindingsTest {
  private static final int SENSORS = 40;
  private static final int DAYS = 42;

  private final Settings settings = Demo.settings("nowhere:1", Path.of("nowhere"));
  private final ReadingDecoder decoder =
      ReadingDecoder.of(settings.readings().format(), settings.readings().mapping());
  private final Forecaster forecaster = new Forecaster(settings.plan());
  private final Map<String, Memory> memories = new HashMap<>();
  private final Findings findings = new Findings();
  private final Fleet fleet = new Fleet(1_700_000_000_000L / Fleet.STEP * Fleet.STEP, SENSORS);

  @Test
  void findsNearlyAllFaultsAtLessThanOneFalseAlarmASeriesAndMonth() {
    for (int step = 0; step < DAYS * 96; step++) {
      fleet.send(this::hear);
    }
    List<Fault> faults = fleet.faults();
    long found = findings.found(faults);
    double falseAlarms = findings.falseAlarmsEach(fleet.sensors(), fleet.start());
    assertThat((double) found / findings.past(faults).size())
        .as("%s", findings.byKind(faults))
        .isGreaterThan(0.95);
    assertThat(falseAlarms).as("%s", findings.falseAlarms()).isLessThan(1);
  }

  private void hear(byte[] key, byte[] value, long time) {
    Original record =
        new Original("readings", 0, 0, time, Optional.of(key), Optional.of(value), List.of());
    try {
      if (decoder.decode(record) instanceof Arrival.Decoded decoded) {
        hear(decoded.reading());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private void hear(Reading reading) {
    Memory memory = memories.get(reading.series());
    if (memory != null && forecaster.outlived(memory, reading)) {
      forecaster.silence(reading.series(), memory, forecaster.retiresAt(memory), new Telling());
      memory = null;
    }
    memory = memory == null ? Memory.fresh(settings.plan()) : memory;
    memories.put(reading.series(), memory);
    forecaster.advance(memory, reading, Model.none(), new Telling());
  }

  private final class Telling implements Outcomes {
    @Override
    public void verdict(Verdict verdict) {
      findings.hear(
          new Findings.Said(
              verdict.series(), verdict.kind().word(), verdict.time(), verdict.alert()),
          fleet.faults());
    }

    @Override
    public void forecast(Forecast forecast) {}

    @Override
    public void late(Reading reading, String reason) {}

    @Override
    public void repeat(Reading reading) {}
  }
}
