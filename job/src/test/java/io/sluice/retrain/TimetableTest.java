package io.sluice.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.settings.Settings;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimetableTest {
  private static final Settings SETTINGS =
      Settings.parse(
          """
          kafka: {bootstrap: "localhost:1"}
          readings: {values: {celsius: celsius}}
          weights: {groups: {"a-.*": apples}}
          retrain: {every: 1s}
          """);

  private KeyedTwoInputStreamOperatorTestHarness<Integer, Long, String, Order> timetable;

  @BeforeEach
  void begin() throws Exception {
    begin(null);
  }

  private void begin(OperatorSubtaskState state) throws Exception {
    Syllabus syllabus = new Syllabus(SETTINGS.plan(), SETTINGS.retrain(), SETTINGS.groups());
    timetable =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new Timetable(syllabus)), cut -> 0, model -> 0, Types.INT);
    if (state != null) {
      timetable.initializeState(state);
    }
    timetable.open();
  }

  @AfterEach
  void end() throws Exception {
    timetable.close();
  }

  private void dieAndComeBack() throws Exception {
    OperatorSubtaskState state = timetable.snapshot(1, 1);
    timetable.close();
    begin(state);
  }

  private List<Order> reach(long time) throws Exception {
    timetable.processBothWatermarks(new Watermark(time));
    List<Order> ordered = timetable.extractOutputValues();
    timetable.getOutput().clear();
    return ordered;
  }

  @Test
  void aCutIsARoundOfEveryModelOnceItHasBeenPassed() throws Exception {
    timetable.processElement1(2000L, 1500);
    assertThat(reach(1999)).isEmpty();
    dieAndComeBack();
    assertThat(reach(2000)).containsExactly(new Order(2000, "apples"), new Order(2000, "default"));
  }

  @Test
  void whoAsksGetsARoundNowOfThatModelAlone() throws Exception {
    reach(1700);
    timetable.processElement2("apples", 99_999);
    timetable.processElement2("pears", 99_999);
    assertThat(reach(1701)).containsExactly(new Order(1700, "apples"));
  }

  @Test
  void whoAskedWhileTheJobWasDownGetsOneWhenReadingsHaveComeToThatTime() throws Exception {
    timetable.processElement2("apples", 3300);
    timetable.processElement2("apples", 3400);
    timetable.processElement2("default", 4000);
    timetable.processElement1(3000L, 2500);
    timetable.processElement1(4000L, 3500);
    dieAndComeBack();
    assertThat(reach(3000)).hasSize(2);
    assertThat(reach(3500)).containsExactly(new Order(3400, "apples"));
    dieAndComeBack();
    assertThat(reach(9000)).containsExactly(new Order(4000, "apples"), new Order(4000, "default"));
  }
}
