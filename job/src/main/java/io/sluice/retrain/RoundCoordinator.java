package io.sluice.retrain;

import io.sluice.retrain.Message.Decided;
import io.sluice.retrain.Message.Judge;
import io.sluice.retrain.Message.Judged;
import io.sluice.retrain.Message.Learn;
import io.sluice.retrain.Message.Learnt;
import io.sluice.retrain.Message.Ready;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/**
 * Waits until all subtasks have said the same thing, and says what comes next. In the JobMaster's one thread.
 *
 * <p>It keeps nothing: when a subtask dies the round begins again from the readings, and comes to the same weights.
 */
final class RoundCoordinator implements OperatorCoordinator {
  private static final byte[] NOTHING = {};

  private final Task task;
  private final SubtaskGateway[] subtasks;
  private final Message[] said;
  private Round round;

  RoundCoordinator(Task task, int parallelism) {
    this.task = task;
    subtasks = new SubtaskGateway[parallelism];
    said = new Message[parallelism];
    round = new Round(task);
  }

  @Override
  public void start() {}

  @Override
  public void handleEventFromOperator(int subtask, int attempt, OperatorEvent event) {
    said[subtask] = (Message) event;
    if (Arrays.stream(said).allMatch(message -> message != null)) {
      List<Message> all = List.of(said);
      Arrays.fill(said, null);
      answer(all);
    }
  }

  private void answer(List<Message> all) {
    Message first = all.get(0);
    if (first instanceof Ready) {
      round.begin(all.stream().map(message -> ((Ready) message).harvest()).toList());
      tellAll(round.worthwhile() ? new Learn(1, round.weights()) : new Decided(NOTHING));
    } else if (first instanceof Learnt) {
      round.meet(all.stream().map(message -> (Learnt) message).toList());
      tellAll(
          round.goesOn()
              ? new Learn(round.meetings() + 1, round.weights())
              : new Judge(round.weights()));
    } else if (first instanceof Judged) {
      byte[] release =
          round.decide(all.stream().map(message -> ((Judged) message).score()).toList()).bytes();
      for (int subtask = 0; subtask < subtasks.length; subtask++) {
        subtasks[subtask].sendEvent(new Decided(subtask == 0 ? release : NOTHING));
      }
    }
  }

  private void tellAll(Message message) {
    for (SubtaskGateway subtask : subtasks) {
      subtask.sendEvent(message);
    }
  }

  @Override
  public void executionAttemptReady(int subtask, int attempt, SubtaskGateway gateway) {
    subtasks[subtask] = gateway;
  }

  @Override
  public void subtaskReset(int subtask, long checkpoint) {
    beginAnew();
  }

  @Override
  public void executionAttemptFailed(int subtask, int attempt, Throwable reason) {
    beginAnew();
  }

  private void beginAnew() {
    Arrays.fill(said, null);
    round = new Round(task);
  }

  @Override
  public void checkpointCoordinator(long checkpoint, CompletableFuture<byte[]> result) {
    result.complete(NOTHING);
  }

  @Override
  public void resetToCheckpoint(long checkpoint, byte[] bytes) {
    beginAnew();
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) {}

  @Override
  public void close() {}
}
