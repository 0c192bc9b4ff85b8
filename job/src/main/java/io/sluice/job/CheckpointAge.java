package io.sluice.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * Refuses to go on from a checkpoint whose transactions the broker may have given up.
 *
 * <p>Rows between the last two checkpoints stand in transactions that are committed once the later one is complete. Dies
 * the job before that and stays down for longer than the transaction time-out, the broker aborts them: the checkpoint says
 * those rows are written, the topic does not have them, and nothing in Flink notices. The age of the checkpoint tells.
 */
final class CheckpointAge {
  private final ListState<Long> stored;

  /** @param most past which the job must not go on; zero when any age will do */
  CheckpointAge(OperatorStateStore store, boolean restored, Duration most) throws Exception {
    stored = store.getUnionListState(new ListStateDescriptor<>("checkpoint-age", Types.LONG));
    if (restored && !most.isZero()) {
      for (long taken : stored.get()) {
        check(taken, System.currentTimeMillis(), most);
      }
    }
  }

  static void check(long taken, long now, Duration most) {
    if (now - taken > most.toMillis()) {
      throw new SuppressRestartsException(
          new IllegalStateException(
              """
              the checkpoint is from %s, %d s ago; Kafka gives up transactions after job.transactionTimeout, %d s, so the last \
              rows before it may be missing. If the job was stopped with a savepoint, or those rows may be missing: start it \
              once with --accept-loss (job.acceptLoss: true). To have them: start without the checkpoint, with \
              readings.start set to an instant before %1$s; rows since then are then written a second time"""
                  .formatted(Instant.ofEpochMilli(taken), (now - taken) / 1000, most.toSeconds())));
    }
  }

  void store() throws Exception {
    stored.update(List.of(System.currentTimeMillis()));
  }
}
