package io.sluice.training;

import io.sluice.anomaly.Label;
import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Reading;
import io.sluice.forecast.Rehearsal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the readings of one series would have shown a network, step after step, and what it should have foretold. Windows
 * are cut from it when asked for.
 *
 * <p>Targets stand as the network's outputs do, variable by variable, lead by lead: the change from the value that the
 * forecast starts from, in the unit known then for that lead. One that was never read, lies beyond the tape's end or behind a
 * gap too long has no weight; one that was odd when it came has little. Of a series of symbols it is the place of the next
 * one.
 */
public final class Tape {
  /** Targets are cut off here: one wild reading is as good as another. */
  private static final double FURTHEST = 20;

  private final boolean symbols;
  private final int variables;
  private final List<Integer> leads;
  private final Rehearsal rehearsal;
  private final List<Step> steps = new ArrayList<>();
  private final float odd;
  private int stretch;

  /** What a reading is worth as a target: as much as any, as little as an odd one, or nothing at all. */
  private enum Worth {
    FULL,
    ODD,
    NOTHING;

    private static Worth of(Label label) {
      return switch (label) {
        case TRUE -> ODD;
        case FALSE, BENIGN -> FULL;
        case MAINTENANCE -> NOTHING;
      };
    }

    float share(float odd) {
      return this == FULL ? 1 : this == ODD ? odd : 0;
    }
  }

  /** One step; stretches are numbered, and a window or a target never reaches from one into the next. */
  private record Step(
      int stretch,
      long time,
      float[] input,
      double[] value,
      double[] last,
      double[] unit,
      Worth worth) {
    private Step worth(Worth other) {
      return new Step(stretch, time, input, value, last, unit, other);
    }
  }

  public Tape(ForecastPlan plan) {
    this(plan, 1);
  }

  /** @param odd how much a target counts that set off an alert, is stuck or out of its range: 0 for not at all, 1 fully */
  public Tape(ForecastPlan plan, double odd) {
    this.odd = (float) odd;
    symbols = plan.symbols().any();
    variables = plan.variables().size();
    leads = plan.horizon().leads();
    rehearsal = new Rehearsal(plan, new Recording());
  }

  /** Readings come as they came to the forecaster; late ones and repeats leave no trace. */
  public void hear(Reading reading) {
    rehearsal.hear(reading);
  }

  /**
   * What people say, once all readings are heard, outweighs what was thought of them: a true anomaly is odd, a false or a
   * benign one is not, and under maintenance nothing is learnt. It holds for the odd readings around as well, of which
   * nobody says anything else. Of a time at which there is no reading, nothing is known.
   *
   * @param sayings by the times they speak of, epoch milliseconds
   */
  public void hear(SortedMap<Long, Label> sayings) {
    Map<Integer, Worth> said = new TreeMap<>();
    for (int step = 0; step < steps.size(); step++) {
      Label label = sayings.get(steps.get(step).time);
      if (label != null) {
        said.put(step, Worth.of(label));
      }
    }
    said.forEach((step, worth) -> deem(step - run(step, -1), step + run(step, 1), worth));
    said.forEach((step, worth) -> deem(step, step, worth));
  }

  /** How many odd readings follow that one without a break, forwards or backwards; none if it is not odd itself. */
  private int run(int from, int by) {
    int step = from;
    while (step >= 0 && step < steps.size() && steps.get(step).worth == Worth.ODD) {
      step += by;
    }
    return Math.max(0, Math.abs(step - from) - 1);
  }

  private void deem(int first, int last, Worth worth) {
    steps.subList(first, last + 1).replaceAll(step -> step.worth(worth));
  }

  public int steps() {
    return steps.size();
  }

  /** Of a step, epoch milliseconds. */
  public long time(int step) {
    return steps.get(step).time();
  }

  /**
   * Windows of so many steps between the steps {@code from} and {@code to}, of which neither inputs nor targets see
   * anything outside, each beginning {@code stride} after the one before.
   */
  public Windows windows(int from, int to, int length, int stride) {
    return cuts(from, to, length, stride, odd);
  }

  /** The same to be measured by: what was odd when it came counts nothing, for nobody should foretell it. */
  public Windows trials(int from, int to, int length, int stride) {
    return cuts(from, to, length, stride, 0);
  }

  private Windows cuts(int from, int to, int length, int stride, float odd) {
    List<Integer> starts = new ArrayList<>();
    for (int start = from; start + length <= to; start += stride) {
      if (steps.get(start).stretch == steps.get(start + length - 1).stretch) {
        starts.add(start);
      }
    }
    return new Cuts(List.copyOf(starts), to, length, odd);
  }

  private Window cut(int start, Cuts cuts) {
    int length = cuts.length;
    int width = steps.get(start).input.length;
    int each = variables * leads.size();
    float[] inputs = new float[length * width];
    float[] targets = new float[length * each];
    float[] mask = new float[length * each];
    for (int t = 0; t < length; t++) {
      System.arraycopy(steps.get(start + t).input, 0, inputs, t * width, width);
      for (int k = 0; k < each; k++) {
        double target = target(start + t, k, cuts.end);
        targets[t * each + k] = (float) target;
        mask[t * each + k] = Double.isNaN(target) ? 0 : weight(start + t, k, cuts.odd);
      }
    }
    return new Window(inputs, targets, mask);
  }

  private float weight(int step, int output, float odd) {
    return steps.get(step + leads.get(output % leads.size())).worth.share(odd);
  }

  /** NaN where there is none. */
  private double target(int step, int output, int end) {
    int variable = output / leads.size();
    int lead = leads.get(output % leads.size());
    Step now = steps.get(step);
    if (step + lead >= end || steps.get(step + lead).stretch != now.stretch) {
      return Double.NaN;
    }
    double change = steps.get(step + lead).value[variable] - now.last[variable];
    return symbols
        ? steps.get(step + lead).value[variable]
        : Math.max(-FURTHEST, Math.min(FURTHEST, change / now.unit[output]));
  }

  private final class Recording implements Rehearsal.Steps {
    @Override
    public void step(long time, float[] input, double[] value, Rehearsal rehearsal) {
      double[] last = new double[variables];
      double[] unit = new double[variables * leads.size()];
      for (int variable = 0; variable < variables; variable++) {
        last[variable] = rehearsal.last(variable);
        for (int lead = 0; lead < leads.size(); lead++) {
          unit[variable * leads.size() + lead] = rehearsal.unit(variable, lead);
        }
      }
      Worth worth = rehearsal.odd() ? Worth.ODD : Worth.FULL;
      steps.add(new Step(stretch, time, input.clone(), value.clone(), last, unit, worth));
    }

    @Override
    public void breakOff() {
      stretch++;
    }
  }

  private final class Cuts implements Windows {
    private final List<Integer> starts;
    private final int end;
    private final int length;
    private final float odd;

    private Cuts(List<Integer> starts, int end, int length, float odd) {
      this.starts = starts;
      this.end = end;
      this.length = length;
      this.odd = odd;
    }

    @Override
    public int count() {
      return starts.size();
    }

    @Override
    public int steps() {
      return length;
    }

    @Override
    public Window window(int index) {
      return cut(starts.get(index), this);
    }
  }
}
