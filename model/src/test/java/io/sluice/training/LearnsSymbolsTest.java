package io.sluice.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.anomaly.Kind;
import io.sluice.anomaly.Verdict;
import io.sluice.forecast.Forecast;
import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Forecaster;
import io.sluice.forecast.Memory;
import io.sluice.forecast.Model;
import io.sluice.forecast.Outcomes;
import io.sluice.forecast.Reading;
import io.sluice.forecast.Status;
import io.sluice.symbols.Symbols;
import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Edition;
import io.sluice.weights.Provenance;
import io.sluice.weights.Release;
import io.sluice.weights.Signature;
import io.sluice.weights.Variable;
import io.sluice.weights.Weights;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A machine that takes one of two orders, runs for six steps either way, and hands out what was ordered. Whoever knows the
 * last two symbols alone knows neither how long it has run nor what was ordered.
 */
class LearnsSymbolsTest {
  private static final List<String> NAMES =
      List.of("idle", "red", "blue", "run", "paint red", "paint blue");
  private static final int IDLE = 0;
  private static final int RED = 1;
  private static final int RUN = 3;
  private static final int PAINT = 4;
  private static final int RUNS = 6;
  private static final int LEARNT = 12_000;
  private static final int HEARD = 40_000;
  private static final int SOUND = 5000;
  private static final int SPARED = 667;

  /** No more than two may come next. */
  private final Symbols symbols = new Symbols(NAMES, 2);

  private final ForecastPlan plan = ForecastPlan.of("state", symbols);

  /** The same, but the chances of all are told. */
  private final ForecastPlan all = ForecastPlan.of("state", new Symbols(NAMES, symbols.places()));

  private final BitSet wrong = new BitSet();

  @Test
  void theNetworkFindsWhatDoesNotBelongAndForetellsBetterThanTheChain() throws Exception {
    Tape tape = new Tape(plan);
    readings(machine(LEARNT, 1)).forEach(tape::hear);
    Model model = Model.of(release(train(tape, 80)), plan);
    List<Reading> readings = readings(spoilt(machine(HEARD, 2), 7));

    Listener network = told(readings, model, plan);
    Listener chain = told(readings, Model.none(), plan);

    assertThat(network.forecasts.get(HEARD - 1).status()).isEqualTo(Status.LIVE);
    assertThat(chain.forecasts.get(HEARD - 1).model()).isEqualTo("markov");
    assertThat(found(network)).isGreaterThanOrEqualTo(0.95);
    assertThat(falseAlarms(network)).isLessThan(HEARD / 4000);
    assertThat(found(chain)).isLessThan(0.9);
    assertThat(falseAlarms(chain)).isGreaterThan(falseAlarms(network));
    // one choice of two in each cycle of nine: nobody can do better than 2^(1/9) = 1.080
    assertThat(perplexity(told(readings, model, all), readings)).isBetween(1.08, 1.1);
    assertThat(perplexity(told(readings, Model.none(), all), readings)).isGreaterThan(1.3);
  }

  /** idle, an order, six runs, what was ordered. */
  private static int[] machine(int length, int seed) {
    Random random = new Random(seed);
    int[] said = new int[length];
    int order = 0;
    for (int i = 0; i < length; i++) {
      int step = i % (RUNS + 3);
      order = step == 1 ? random.nextInt(2) : order;
      said[i] =
          switch (step) {
            case 0 -> IDLE;
            case 1 -> RED + order;
            case RUNS + 2 -> PAINT + order;
            default -> RUN;
          };
    }
    return said;
  }

  /** Now and then one is another than it should be; the machine goes on as if nothing had happened. */
  private int[] spoilt(int[] said, int seed) {
    Random random = new Random(seed);
    for (int i = SOUND; i < said.length; i += SPARED + random.nextInt(SPARED)) {
      int other = random.nextInt(NAMES.size() - 1);
      int instead = other < said[i] ? other : other + 1;
      boolean order = said[i] == RED || said[i] == RED + 1;
      // either order is as good as the other
      said[i] = order ? RUN : instead;
      wrong.set(i);
    }
    return said;
  }

  private static List<Reading> readings(int[] said) {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < said.length; i++) {
      readings.add(new Reading("machine", 1_700_000_000_000L + i * 60_000L, said[i]));
    }
    return readings;
  }

  private Weights train(Tape tape, int epochs) throws InterruptedException {
    Architecture architecture =
        new Architecture(CellKind.LSTM, plan.inputs().size(), 24, 1, false, 0, plan.head());
    Plan course =
        Plan.of(new Loss.CrossEntropy(symbols.places()), epochs)
            .withBurnIn(8)
            .with(Optimiser.Adam.DEFAULT, new Schedule.Constant(0.01));
    Windows windows = tape.windows(1, tape.steps(), 48, 12);
    int steps = epochs * (windows.count() + 63) / 64;
    course = course.with(Optimiser.Adam.DEFAULT, new Schedule.WarmupCosine(0.01, 20, steps, 1e-4));
    return new Trainer(course)
        .train(Initial.uniform(architecture, 1), windows, Windows.NONE, Progress.SILENT)
        .weights();
  }

  private Release release(Weights weights) {
    return new Release(
        Edition.candidate("machines", 1),
        weights,
        new Signature(
            plan.inputs(),
            List.of(new Variable("state", "", 0, 1)),
            plan.horizon(),
            plan.timing().zone()),
        Provenance.imported("a test"));
  }

  private static Listener told(List<Reading> readings, Model model, ForecastPlan plan) {
    Forecaster forecaster = new Forecaster(plan);
    Memory memory = Memory.fresh(plan);
    Listener listener = new Listener();
    readings.forEach(reading -> forecaster.advance(memory, reading, model, listener));
    return listener;
  }

  private double found(Listener listener) {
    return wrong.stream().filter(i -> listener.verdicts.get(i).kind() == Kind.UNLIKELY).count()
        / (double) wrong.cardinality();
  }

  private long falseAlarms(Listener listener) {
    long called = 0;
    for (int i = 0; i < HEARD; i++) {
      called += !wrong.get(i) && listener.verdicts.get(i).kind() != Kind.NORMAL ? 1 : 0;
    }
    return called;
  }

  /** Over the symbols that belong there, once both have had their time. */
  private double perplexity(Listener listener, List<Reading> readings) {
    double sum = 0;
    int count = 0;
    for (int i = SOUND; i < HEARD; i++) {
      if (!wrong.get(i)) {
        sum -= Math.log(chance(listener.forecasts.get(i - 1), (int) readings.get(i).values()[0]));
        count++;
      }
    }
    return Math.exp(sum / count);
  }

  private static double chance(Forecast forecast, int symbol) {
    int rank = 0;
    while (forecast.symbols()[rank] != symbol) {
      rank++;
    }
    return forecast.chances()[rank];
  }

  private static final class Listener implements Outcomes {
    private final List<Forecast> forecasts = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();

    @Override
    public void forecast(Forecast forecast) {
      forecasts.add(forecast);
    }

    @Override
    public void verdict(Verdict verdict) {
      verdicts.add(verdict);
    }

    @Override
    public void late(Reading reading, String reason) {
      throw new AssertionError(reason);
    }

    @Override
    public void repeat(Reading reading) {
      throw new AssertionError(reading.toString());
    }
  }
}
