package io.sluice.job;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
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
 * those rows are written, the topic does not have them, and nothing in Flink notices. Their age tells: a transaction is no
 * older than the last checkpoint that was complete when this one was taken.
 */
final class CheckpointAge {
  private final ListState<Long> stored;
  private final NavigableMap<Long, Long> taken = new TreeMap<>();

  /** Since when transactions may be open. */
  private long open = System.currentTimeMillis();

  /**
   * Past which age a job must not go on.
   *
   * @param most of what waits to be committed
   * @param forgiven whatever waits since before this moment may be of any age, in ms of the wall clock: an earlier run left it
   */
  record Limit(Duration most, long forgiven) implements Serializable {
    static Limit none() {
      return new Limit(Duration.ZERO, Long.MAX_VALUE);
    }
  }

  CheckpointAge(OperatorStateStore store, boolean restored, Limit limit) throws Exception {
    stored = store.getUnionListState(new ListStateDescriptor<>("checkpoint-age", Types.LONG));
    if (restored) {
      for (long since : stored.get()) {
        check(since, System.currentTimeMillis(), limit);
      }
    }
  }

  static void check(long since, long now, Limit limit) {
    if (since >= limit.forgiven() && now - since > limit.most().toMillis()) {
      throw new SuppressRestartsException(
          new IllegalStateException(
              """
              the last rows of the checkpoint wait to be committed since %s, %d s ago; Kafka gives up transactions after \
              job.transactionTimeout, %d s, so they may be missing. If the job was stopped with a savepoint, or those rows \
              may be missing: start it once with --accept-loss (job.acceptLoss: true). To have them: start it anew \
              (--anew), with readings.start set to an instant before %1$s; rows since then are then written a second \
              time"""
                  .formatted(
                      Instant.ofEpochMilli(since),
                      (now - since) / 1000,
                      limit.most().toSeconds())));
    }
  }

  void store(long checkpoint) throws Exception {
    stored.update(List.of(open));
    taken.put(checkpoint, System.currentTimeMillis());
  }

  /** What stood in transactions when it was taken is committed now. */
  void complete(long checkpoint) {
    Long then = taken.get(checkpoint);
    if (then != null) {
      open = then;
      taken.headMap(checkpoint, true).clear();
    }
  }
}
