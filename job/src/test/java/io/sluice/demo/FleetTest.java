package io.sluice.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FleetTest {
  private static final long DAY = 86_400_000;

  @Test
  void theSameSensorGivesTheSameValues() {
    Sensor one = new Sensor(3, 7);
    Sensor other = new Sensor(3, 7);
    for (long time = 0; time < DAY; time += Fleet.STEP) {
      assertThat(one.value(time, null)).isEqualTo(other.value(time, null));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.Kind.class,
      names = {"SPIKE", "DIP", "LEVEL", "VARIANCE", "FLAT"})
  void aFaultShowsInTheValue(Fault.Kind fault) {
    Sensor sound = new Sensor(1, 7);
    Sensor faulty = new Sensor(1, 7);
    for (long time = 0; time < DAY; time += Fleet.STEP) {
      assertThat(faulty.value(time, null)).isEqualTo(sound.value(time, null));
    }
    assertThat(faulty.value(DAY, fault)).isNotEqualTo(sound.value(DAY, null));
  }

  @Test
  void aFaultCoversItsOwnSensorAndTimeAlone() {
    Fault fault = new Fault("load-1", Fault.Kind.LEVEL, 100, 200);

    assertThat(fault.covers("load-1", 100)).isTrue();
    assertThat(fault.covers("load-1", 201)).isFalse();
    assertThat(fault.covers("load-11", 150)).isFalse();
  }
}
