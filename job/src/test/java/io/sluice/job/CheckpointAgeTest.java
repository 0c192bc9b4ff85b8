package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointAgeTest {
  @Test
  void aCheckpointOlderThanItsTransactionsIsRefusedWithTheWayBack() throws Exception {
    Settings brief = Plant.settings("job: {checkpointInterval: 10ms, transactionTimeout: 30ms}");
    try (Subtasks subtasks = Subtasks.fresh(brief, HashMapStateBackend::new, 1)) {
      subtasks.hear(Plant.arrival("pump", 0, 20));
      var state = subtasks.snapshot();
      pass(60);
      assertThatThrownBy(() -> Subtasks.restored(brief, state))
          .hasRootCauseInstanceOf(IllegalStateException.class)
          .rootCause()
          .hasMessageContaining("--accept-loss")
          .hasMessageContaining("readings.start");
      Subtasks.restored(brief.acceptingLoss(), state).close();
      Subtasks.restored(Plant.settings(""), state).close();
    }
    CheckpointAge.Limit limit = new CheckpointAge.Limit(Duration.ofSeconds(30), 0);
    assertThatThrownBy(() -> CheckpointAge.check(0, 31_000, limit))
        .isInstanceOf(SuppressRestartsException.class);
  }

  @Test
  void whoAcceptsALossAcceptsThatOfAnEarlierRunAlone() {
    Settings brief = Plant.settings("job: {checkpointInterval: 10ms, transactionTimeout: 500ms}");
    long before = System.currentTimeMillis() - 1;
    CheckpointAge.Limit limit = ForecastJob.oldest(brief.acceptingLoss(), new Configuration());
    CheckpointAge.check(before, before + 600, limit);
    long since = System.currentTimeMillis();
    assertThatThrownBy(() -> CheckpointAge.check(since, since + 600, limit))
        .rootCause()
        .hasMessageContaining("--accept-loss");
    assertThatThrownBy(
            () ->
                CheckpointAge.check(
                    before, before + 600, ForecastJob.oldest(brief, new Configuration())))
        .rootCause()
        .hasMessageContaining("--accept-loss");
  }

  @Test
  void aSavepointThatIsKnownToBeWholeLosesNothingHoweverOldItIs(@TempDir Path folder)
      throws Exception {
    Settings brief = Plant.settings("job: {checkpointInterval: 10ms, transactionTimeout: 500ms}");
    Configuration from = new Configuration();
    from.set(StateRecoveryOptions.SAVEPOINT_PATH, folder.toUri().toString());
    long before = System.currentTimeMillis() - 1000;
    assertThatThrownBy(
            () -> CheckpointAge.check(before, before + 600, ForecastJob.oldest(brief, from)))
        .rootCause()
        .hasMessageContaining("--accept-loss");
    Retained.noteCommitted(folder.toString());
    CheckpointAge.Limit limit = ForecastJob.oldest(brief, from);
    CheckpointAge.check(before, before + 60_000, limit);

    // as of a JobManager that has moved and is told of the savepoint once more
    long since = System.currentTimeMillis() + 2000;
    assertThatThrownBy(() -> CheckpointAge.check(since, since + 600, limit))
        .rootCause()
        .hasMessageContaining("--accept-loss");
  }

  @Test
  void aCheckpointIsAsOldAsTheFirstRowThatWaitsInItsTransactions() throws Exception {
    Settings brief = Plant.settings("job: {checkpointInterval: 10ms, transactionTimeout: 500ms}");
    try (Subtasks subtasks = Subtasks.fresh(brief, HashMapStateBackend::new, 1)) {
      subtasks.hear(Plant.arrival("pump", 0, 20));
      pass(550);
      var uncommitted = subtasks.snapshot();
      assertThatThrownBy(() -> Subtasks.restored(brief, uncommitted))
          .rootCause()
          .hasMessageContaining("wait to be committed since");
      subtasks.complete();
      Subtasks.restored(brief, subtasks.snapshot()).close();
    }
  }

  private static void pass(long millis) {
    long until = System.currentTimeMillis() + millis;
    while (System.currentTimeMillis() <= until) {
      Thread.onSpinWait();
    }
  }
}
