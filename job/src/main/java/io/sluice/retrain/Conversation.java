package io.sluice.retrain;

import io.sluice.retrain.Call.At;
import io.sluice.retrain.Message.Patience;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.jobgraph.tasks.TaskOperatorEventGateway;
import org.apache.flink.util.SerializedValue;

/** What one subtask and the coordinator say to each other in one round. Each question waits for all the other subtasks. */
final class Conversation {
  private final TaskOperatorEventGateway gateway;
  private final Seat seat;
  private At at;

  /** Who it is that asks. */
  record Seat(OperatorID operator, int subtask, int attempt, ClassLoader loader) {}

  Conversation(TaskOperatorEventGateway gateway, Seat seat, Order order) {
    this.gateway = gateway;
    this.seat = seat;
    at = new At(order, 0);
  }

  Message ask(Message question) throws IOException, InterruptedException {
    Call call = new Call(seat.subtask, seat.attempt, at, question);
    while (true) {
      Message answer = asked(call);
      if (!(answer instanceof Patience)) {
        at = at.next();
        return answer;
      }
    }
  }

  private Message asked(Call call) throws IOException, InterruptedException {
    try {
      return Call.opened(
          gateway.sendRequestToCoordinator(seat.operator, new SerializedValue<>(call)).get(),
          seat.loader);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof TimeoutException) {
        return new Patience();
      }
      throw new IllegalStateException("the coordinator did not answer", failure.getCause());
    }
  }
}
