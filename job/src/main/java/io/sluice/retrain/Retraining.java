package io.sluice.retrain;

import io.sluice.connectors.Arrival;
import io.sluice.weights.Part;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEventDispatcher;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.CoordinatedOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** The operator that learns, keyed by series, and its coordinator: readings in, the parts of one release out. */
public final class Retraining extends AbstractStreamOperatorFactory<Part>
    implements OneInputStreamOperatorFactory<Arrival, Part>, CoordinatedOperatorFactory<Part> {
  private static final long serialVersionUID = 1;

  private final Task task;
  private final int partBytes;

  public Retraining(Task task, int partBytes) {
    this.task = task;
    this.partBytes = partBytes;
  }

  @Override
  @SuppressWarnings("unchecked") // Flink asks for its own operator by a type that it knows
  public <T extends StreamOperator<Part>> T createStreamOperator(
      StreamOperatorParameters<Part> parameters) {
    OperatorID id = parameters.getStreamConfig().getOperatorID();
    OperatorEventDispatcher events = parameters.getOperatorEventDispatcher();
    RetrainOperator operator =
        new RetrainOperator(parameters, task, partBytes, events.getOperatorEventGateway(id));
    events.registerEventHandler(id, operator);
    return (T) operator;
  }

  @Override
  public OperatorCoordinator.Provider getCoordinatorProvider(String name, OperatorID id) {
    return new Coordinators(task, id);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
    return RetrainOperator.class;
  }

  private record Coordinators(Task task, OperatorID getOperatorId)
      implements OperatorCoordinator.Provider {
    @Override
    public OperatorCoordinator create(OperatorCoordinator.Context context) {
      return new RoundCoordinator(task, context.currentParallelism());
    }
  }
}
