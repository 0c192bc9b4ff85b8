package io.sluice.retrain;

import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Model;
import io.sluice.forecast.Reading;
import io.sluice.settings.Groups;
import io.sluice.settings.RetrainSettings;
import io.sluice.settings.RetrainSettings.Learning;
import io.sluice.settings.RetrainSettings.Network;
import io.sluice.training.Initial;
import io.sluice.training.Loss;
import io.sluice.training.Optimiser;
import io.sluice.training.Plan;
import io.sluice.training.Schedule;
import io.sluice.weights.Architecture;
import io.sluice.weights.RefusedException;
import io.sluice.weights.Release;
import io.sluice.weights.SafeTensors;
import io.sluice.weights.Weights;
import java.io.Serializable;
import java.util.Map;

/** What is learnt in every round, and how. */
public record Syllabus(ForecastPlan plan, RetrainSettings settings, Groups groups)
    implements Serializable {
  /** Windows of a batch, all places together. */
  private static final int BATCH = 64;

  /** Windows of a batch in one place. */
  private static final int LEAST = 8;

  /** Whether the model learns from that series: the general one from all, a group's from those that it answers. */
  boolean concerns(String model, String series) {
    return model.equals(groups.model()) || groups.model(series).equals(model);
  }

  /** A reading from a clock that runs ahead does not. */
  boolean counts(Reading reading) {
    return reading.time() - reading.arrived() <= plan.timing().maxSkew().toMillis();
  }

  Architecture architecture() {
    Network network = settings.network();
    return new Architecture(
        network.cell(),
        plan.inputs().size(),
        network.hidden(),
        network.layers(),
        false,
        0,
        plan.head());
  }

  Weights fromScratch() {
    return Initial.uniform(architecture(), settings.learning().seed());
  }

  /** One made for other inputs answers nobody under these settings, and there is nothing to go on from. */
  boolean fits(Release release) {
    try {
      return Model.of(release, plan).answers();
    } catch (IllegalArgumentException misfit) {
      return false;
    }
  }

  /**
   * Of the training between two meetings.
   *
   * @param places that learn at the same time: a batch is divided among them, so that each makes as many steps as one would
   *     that had all the windows
   */
  Plan course(int meeting, int places) {
    Learning learning = settings.learning();
    return Plan.of(loss(), learning.epochs(meeting, places))
        .withBatch(Math.max(LEAST, BATCH / places))
        .withBurnIn(settings.windows().burnIn())
        .withSeed(learning.seed() + meeting)
        .withThreads(settings.threads())
        .with(Optimiser.Adam.DEFAULT, new Schedule.Constant(learning.rate()));
  }

  private Loss loss() {
    return plan.symbols().any()
        ? new Loss.CrossEntropy(plan.symbols().places())
        : new Loss.Quantile(plan.horizon().quantiles());
  }

  /** What costs nothing, and is to be done better than. */
  String naive() {
    return plan.symbols().any() ? "a Markov chain" : "the last value";
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
