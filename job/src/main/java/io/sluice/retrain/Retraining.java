package io.sluice.retrain;

import io.sluice.connectors.Arrival;
import io.sluice.weights.Release;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.jobgraph.tasks.TaskOperatorEventGateway;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.CoordinatedOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;

/**
 * The operator that learns, keyed by series, and its coordinator: readings and orders in, releases out. Each subtask hands
 * on every release.
 */
public final class Retraining extends AbstractStreamOperatorFactory<Release>
    implements TwoInputStreamOperatorFactory<Arrival, Order, Release>,
        CoordinatedOperatorFactory<Release> {
  private static final long serialVersionUID = 1;

  private final Syllabus syllabus;
  private final Library library;

  public Retraining(Syllabus syllabus, Library library) {
    this.syllabus = syllabus;
    this.library = library;
  }

  @Override
  @SuppressWarnings("unchecked") // Flink asks for its own operator by a type that it knows
  public <T extends StreamOperator<Release>> T createStreamOperator(
      StreamOperatorParameters<Release> parameters) {
    TaskOperatorEventGateway coordinator =
        parameters.getContainingTask().getEnvironment().getOperatorCoordinatorEventGateway();
    return (T) new RetrainOperator(parameters, syllabus, coordinator);
  }

  @Override
  public OperatorCoordinator.Provider getCoordinatorProvider(String name, OperatorID id) {
    return new Coordinators(syllabus, library, id);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
    return RetrainOperator.class;
  }

  private record Coordinators(Syllabus syllabus, Library library, OperatorID getOperatorId)
      implements OperatorCoordinator.Provider {
    @Override
    public OperatorCoordinator create(OperatorCoordinator.Context context) {
      Inflow inflow = new Inflow(context.getCoordinatorStore());
      return new RoundCoordinator(syllabus, library, context.currentParallelism(), inflow::hold);
    }
  }
}
