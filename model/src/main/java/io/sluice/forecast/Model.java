package io.sluice.forecast;

import io.sluice.cell.Network;
import io.sluice.cell.Workspace;
import io.sluice.weights.Architecture;
import io.sluice.weights.Horizon;
import io.sluice.weights.Release;
import io.sluice.weights.Tensor;
import io.sluice.weights.Variable;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

/**
 * Who answers: a network under released weights, or nobody yet.
 *
 * <p>For one thread: it keeps the network's scratch. The version it reports is that of the weights it computes with.
 */
public final class Model {
  private static final Model NONE = new Model();
  private static final float[] NO_ANSWER = {};

  private final String id;
  private final long version;
  private final long print;
  private final double[] priors;
  private final Network network;
  private final Workspace workspace;
  private final float[] answer;

  private Model() {
    id = "";
    version = 0;
    print = 0;
    priors = new double[0];
    network = null;
    workspace = null;
    answer = NO_ANSWER;
  }

  private Model(Release release) {
    id = release.model();
    version = release.version();
    print = print(release);
    priors = release.signature().variables().stream().mapToDouble(Variable::scale).toArray();
    network = Network.of(release.architecture(), release.tensors());
    workspace = network.workspace();
    answer = new float[network.outputs()];
  }

  /** No weights yet: the baseline answers. */
  public static Model none() {
    return NONE;
  }

  /** Weights made for that plan; others are refused, and what does not fit is named. */
  public static Model of(Release release, ForecastPlan plan) {
    Horizon horizon = plan.horizon();
    List<String> variables = release.signature().variables().stream().map(Variable::name).toList();
    expect(release, "variables", variables, plan.variables());
    expect(release, "inputs", release.signature().inputs(), plan.inputs());
    expect(release, "leads", release.signature().horizon().leads(), horizon.leads());
    expect(release, "quantiles", release.signature().horizon().quantiles(), horizon.quantiles());
    ZoneId zone = plan.timing().zone();
    if (!plan.calendar().isEmpty()) {
      expect(release, "zone", release.signature().zone(), zone);
    }
    expect(release, "head", release.architecture().head(), plan.head());
    return new Model(release);
  }

  private static void expect(Release release, String what, Object has, Object expected) {
    if (!has.equals(expected)) {
      throw new IllegalArgumentException(
          "%s version %d has the %s %s, the plan asks for %s"
              .formatted(release.model(), release.version(), what, has, expected));
    }
  }

  /** The same for weights that step alike, whatever their version and provenance. */
  private static long print(Release release) {
    Architecture architecture = release.architecture();
    long print =
        Objects.hash(
            architecture.cell().word(),
            architecture.inputs(),
            architecture.hidden(),
            architecture.layers(),
            architecture.bidirectional(),
            architecture.convolution(),
            architecture.head().rows());
    for (Tensor tensor : release.tensors().byName().values()) {
      for (float weight : tensor.data()) {
        print = Long.rotateLeft(print ^ Float.floatToIntBits(weight), 27) * 0x9E3779B97F4A7C15L;
      }
    }
    return print == 0 ? 1 : print;
  }

  public boolean answers() {
    return network != null;
  }

  /** Id of the model, empty while there is none. */
  public String id() {
    return id;
  }

  /** Of its weights, 0 while there are none. */
  public long version() {
    return version;
  }

  long print() {
    return print;
  }

  Architecture architecture() {
    return network.architecture();
  }

  int stateSize() {
    return network.stateSize();
  }

  /** The usual spread of a variable, for a series that has shown none of its own; NaN if unknown. */
  double prior(int variable) {
    return answers() ? priors[variable] : Double.NaN;
  }

  /** Moves h and c in place; the answer is there until the next step. */
  void step(float[] state, float[] x) {
    network.step(state, x, answer, workspace);
  }

  /** In strides from the last value: variable by variable, lead by lead, ascending. */
  float[] answer() {
    return answer;
  }
}
