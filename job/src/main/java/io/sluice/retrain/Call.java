package io.sluice.retrain;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.streaming.api.operators.collect.CollectCoordinationResponse;
import org.apache.flink.util.InstantiationUtil;

/**
 * A subtask asks its coordinator, from any thread: neither the task's mailbox nor its checkpoints have a part in it.
 *
 * @param attempt of the subtask
 */
record Call(int subtask, int attempt, At at, Message message) implements CoordinationRequest {
  private static final BytePrimitiveArraySerializer BYTES = BytePrimitiveArraySerializer.INSTANCE;

  /**
   * Where in a round.
   *
   * @param stage how many answers there have been
   */
  record At(Order order, int stage) implements Serializable {
    At next() {
      return new At(order, stage + 1);
    }
  }

  /** An answer in an envelope of Flink's own: where answers arrive first, no class of ours is known. */
  static CoordinationResponse sealed(Message answer) {
    try {
      byte[] bytes = InstantiationUtil.serializeObject(answer);
      DataOutputSerializer out = new DataOutputSerializer(bytes.length + Integer.BYTES);
      BYTES.serialize(bytes, out);
      return new CollectCoordinationResponse("", 0, List.of(out.getCopyOfBuffer()));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static Message opened(CoordinationResponse envelope, ClassLoader loader) throws IOException {
    byte[] bytes = ((CollectCoordinationResponse) envelope).getResults(BYTES).get(0);
    try {
      return InstantiationUtil.deserializeObject(bytes, loader);
    } catch (ClassNotFoundException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
