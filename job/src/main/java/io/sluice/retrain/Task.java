package io.sluice.retrain;

import io.sluice.forecast.ForecastPlan;
import io.sluice.settings.Groups;
import io.sluice.settings.RetrainSettings;
import io.sluice.training.Initial;
import io.sluice.training.Loss;
import io.sluice.training.Optimiser;
import io.sluice.training.Plan;
import io.sluice.training.Schedule;
import io.sluice.weights.Architecture;
import io.sluice.weights.Head;
import io.sluice.weights.RefusedException;
import io.sluice.weights.Release;
import io.sluice.weights.SafeTensors;
import io.sluice.weights.Weights;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be learnt.
 *
 * @param model id of the model whose next version it is to be
 * @param version that one
 * @param champion the release that answers now, in its own bytes; empty while nobody does
 * @param cut the time of the last reading that may be learnt from, epoch milliseconds
 */
public record Task(
    ForecastPlan plan,
    RetrainSettings settings,
    Groups groups,
    String model,
    long version,
    byte[] champion,
    long cut)
    implements Serializable {

  /** Whether that series is one of those which the model answers. */
  boolean concerns(String series) {
    return groups.model(series).equals(model);
  }

  Optional<Release> reigning() {
    try {
      return champion.length == 0
          ? Optional.empty()
          : Optional.of(Release.read("the release that answers now", champion));
    } catch (RefusedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  Architecture architecture() {
    Head head =
        new Head.Quantiles(
            plan.variables().size(),
            plan.horizon().leads().size(),
            plan.horizon().quantiles().size());
    return new Architecture(
        settings.cell(),
        plan.inputs().size(),
        settings.hidden(),
        settings.layers(),
        false,
        0,
        head);
  }

  /** The weights that answer now; from scratch where there are none of this shape. */
  Weights start() {
    return reigning()
        .map(Release::weights)
        .filter(weights -> weights.architecture().equals(architecture()))
        .orElseGet(() -> Initial.uniform(architecture(), settings.seed()));
  }

  /** The version that {@code start} is, 0 for from scratch. */
  long parent() {
    return reigning()
        .filter(release -> release.architecture().equals(architecture()))
        .map(Release::version)
        .orElse(0L);
  }

  /** Of the training between two meetings. */
  Plan course(int meeting) {
    return Plan.of(new Loss.Quantile(plan.horizon().quantiles()), settings.epochs())
        .withBurnIn(settings.burnIn())
        .withSeed(settings.seed() + meeting)
        .with(Optimiser.Adam.DEFAULT, new Schedule.Constant(settings.rate()));
  }

  static byte[] bytes(Weights weights) {
    return new SafeTensors(weights.tensors(), Map.of()).bytes();
  }

  Weights weights(byte[] bytes) {
    try {
      return new Weights(architecture(), SafeTensors.read("a message", bytes).tensors());
    } catch (RefusedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
