package io.sluice.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two subtasks without readings, so that a round is over once both have asked. */
class RoundCoordinatorTest {
  private static final Settings SETTINGS =
      Settings.parse(
          """
          kafka: {bootstrap: "localhost:1"}
          readings: {values: {celsius: celsius}}
          """);
  private static final Syllabus SYLLABUS =
      new Syllabus(SETTINGS.plan(), SETTINGS.retrain(), SETTINGS.groups());
  private static final Harvest NONE =
      new Harvest(0, 0, Long.MAX_VALUE, Long.MIN_VALUE, new double[1], new double[1]);

  private final List<Boolean> waits = new ArrayList<>();
  private RoundCoordinator coordinator;

  @BeforeEach
  void begin() {
    coordinator = new RoundCoordinator(SYLLABUS, Library.EMPTY, 2, waits::add);
    for (int subtask = 0; subtask < 2; subtask++) {
      coordinator.executionAttemptReady(subtask, 0, null); // it never speaks first
    }
  }

  @AfterEach
  void end() {
    coordinator.close();
  }

  private CompletableFuture<CoordinationResponse> asks(int subtask, int attempt, long cut) {
    return asks(subtask, attempt, cut, new Message.Ready(NONE, Line.NONE, Line.NONE));
  }

  private CompletableFuture<CoordinationResponse> asks(
      int subtask, int attempt, long cut, Message message) {
    Call.At beginning = new Call.At(new Order(cut, "default"), 0);
    return coordinator.handleCoordinationRequest(new Call(subtask, attempt, beginning, message));
  }

  private static Message told(CompletableFuture<CoordinationResponse> asked) throws Exception {
    return Call.opened(asked.get(1, TimeUnit.MINUTES), RoundCoordinatorTest.class.getClassLoader());
  }

  @Test
  void whoLostPatienceAsOthersWereAnsweredIsToldTheSameWhenTheyHaveGoneOn() throws Exception {
    asks(1, 0, 1000);
    assertThat(told(asks(0, 0, 1000))).isInstanceOf(Message.Decided.class);

    CompletableFuture<CoordinationResponse> ahead = asks(0, 0, 2000);
    assertThat(told(asks(1, 0, 1000))).isInstanceOf(Message.Decided.class);
    assertThat(told(asks(1, 0, 2000))).isInstanceOf(Message.Decided.class);
    assertThat(told(ahead)).isInstanceOf(Message.Decided.class);
  }

  @Test
  void readingsWaitForAsLongAsSomebodyIsBehind() {
    says(0, 0, false);
    says(0, 0, true);
    says(1, 0, true);
    says(0, 0, false);
    says(1, 0, false);
    assertThat(waits).containsExactly(false, true, true, true, false);

    says(1, 0, true);
    coordinator.executionAttemptFailed(1, 0, new InterruptedException("killed"));
    coordinator.executionAttemptReady(1, 1, null);
    says(1, 0, true); // from beyond the grave
    says(1, 1, false);
    assertThat(waits).endsWith(true, false);
  }

  private void says(int subtask, int attempt, boolean behind) {
    coordinator.handleEventFromOperator(subtask, attempt, new Inflow.Behind(behind));
  }

  @Test
  void whoDiedIsNotWaitedForAndTheRoundIsHeldAgain() throws Exception {
    asks(1, 0, 1000);
    assertThat(told(asks(0, 0, 1000))).isInstanceOf(Message.Decided.class);

    for (int subtask = 0; subtask < 2; subtask++) {
      coordinator.executionAttemptFailed(subtask, 0, new InterruptedException("killed"));
      coordinator.executionAttemptReady(subtask, 1, null);
    }
    assertThat(told(asks(1, 0, 1000))).isInstanceOf(Message.Patience.class);
    CompletableFuture<CoordinationResponse> waiting = asks(1, 1, 1000);
    assertThat(waiting).isNotDone();
    assertThat(told(asks(0, 1, 1000))).isInstanceOf(Message.Decided.class);
    assertThat(told(waiting)).isInstanceOf(Message.Decided.class);
  }
}
