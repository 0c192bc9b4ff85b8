package io.sluice.job;

import io.sluice.connectors.Flows;
import io.sluice.connectors.Original;
import io.sluice.connectors.PartArrival;
import io.sluice.connectors.Row;
import io.sluice.connectors.kafka.WeightsSettings;
import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Model;
import io.sluice.weights.Assembly;
import io.sluice.weights.Part;
import io.sluice.weights.RefusedException;
import io.sluice.weights.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Puts releases together, once and for all subtasks, and lets through only those that fit the plan.
 *
 * <p>Parts of models that no series asks for are none of this job's business and pass by.
 */
final class AssemblyFunction extends ProcessFunction<PartArrival, Shipment>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1;
  private static final long NO_OFFSET = -1;

  private final ForecastPlan plan;
  private final Set<String> models;
  private final WeightsSettings settings;

  private transient Assembly assembly;
  private transient ListState<PartArrival> unfinished;

  /** @param models that answer some series */
  AssemblyFunction(ForecastPlan plan, Set<String> models, WeightsSettings settings) {
    this.plan = plan;
    this.models = Set.copyOf(models);
    this.settings = settings;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    assembly = new Assembly(settings.maxBytes());
    unfinished =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("unfinished-parts", Flows.PART));
    for (PartArrival arrival : unfinished.get()) {
      if (arrival instanceof PartArrival.Decoded decoded) {
        assembly.add(decoded.part());
      }
    }
  }

  @Override
  public void processElement(PartArrival arrival, Context context, Collector<Shipment> out) {
    if (arrival instanceof PartArrival.Rejected rejected) {
      out.collect(refused(rejected.reason(), rejected.partition(), rejected.offset()));
    } else if (arrival instanceof PartArrival.Decoded decoded
        && models.contains(decoded.part().model())) {
      add(decoded.part(), out);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    List<PartArrival> parts = new ArrayList<>();
    assembly.parts().forEach(part -> parts.add(new PartArrival.Decoded(part)));
    unfinished.update(parts);
  }

  private void add(Part part, Collector<Shipment> out) {
    try {
      Optional<Release> release = assembly.add(part);
      if (release.isPresent()) {
        Model.of(release.get(), plan);
        out.collect(new Shipment.Delivered(release.get()));
      }
    } catch (RefusedException | IllegalArgumentException refusal) {
      out.collect(refused(refusal.getMessage(), 0, NO_OFFSET));
    }
  }

  private Shipment refused(String reason, int partition, long offset) {
    Original original =
        new Original(
            settings.topic(), partition, offset, 0, Optional.empty(), Optional.empty(), List.of());
    return new Shipment.Refused(new Row.DeadLetter("weights refused: " + reason, original));
  }
}
