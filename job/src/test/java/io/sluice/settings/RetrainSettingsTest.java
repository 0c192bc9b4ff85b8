package io.sluice.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.settings.RetrainSettings.Learning;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetrainSettingsTest {
  @ParameterizedTest
  @CsvSource({
    "1, 16, 1, 16",
    "1, 16, 4, 16",
    "2, 20, 4, 20",
    "12, 2, 1, 2",
    "12, 2, 2, 16",
    "1, 3, 2, 3",
    "5, 3, 2, 15",
    "1000000, 3000, 2, 3000",
    "7, 5, 8, 16"
  })
  void severalPlacesMeetOftenEnoughForTheSamePasses(
      int epochs, int meetings, int places, int expected) {
    Learning learning = new Learning(epochs, meetings, 0.003, 1);
    assertThat(learning.meetings(places)).isEqualTo(expected);
    long passes = 0;
    for (int meeting = 1; meeting <= expected; meeting++) {
      assertThat(learning.epochs(meeting, places)).isPositive();
      passes += learning.epochs(meeting, places);
    }
    assertThat(passes).isEqualTo((long) epochs * meetings);
  }
}
