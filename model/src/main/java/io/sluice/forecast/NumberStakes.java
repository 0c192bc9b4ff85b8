package io.sluice.forecast;

import java.util.Arrays;

/**
 * Pinball loss over all quantiles, in the unit of each lead. A network that comes to numbers that are not finite counts as one
 * that expects the last value.
 */
final class NumberStakes implements Stakes {
  private final int[] leads;
  private final double[] quantiles;
  private final int[] first;
  private final int slots;

  NumberStakes(ForecastPlan plan) {
    leads = plan.horizon().leads().stream().mapToInt(Integer::intValue).toArray();
    quantiles = plan.horizon().quantiles().stream().mapToDouble(Double::doubleValue).toArray();
    first = new int[leads.length];
    for (int lead = 1; lead < leads.length; lead++) {
      first[lead] = first[lead - 1] + leads[lead - 1];
    }
    slots = Arrays.stream(leads).sum() * plan.variables().size() * quantiles.length * 2;
  }

  @Override
  public int slots() {
    return slots;
  }

  @Override
  public long step(Memory memory) {
    return memory.recent().steps();
  }

  @Override
  public boolean moved(Forecast forecast) {
    return true;
  }

  @Override
  public void settle(Shadow shadow, Memory memory, long step) {
    Recent recent = memory.recent();
    float[] waiting = shadow.waiting();
    for (int variable = 0; variable < memory.shape().variables(); variable++) {
      for (int lead = 0; lead < leads.length && recent.real(variable, 0); lead++) {
        int slot = slot(memory, variable, lead, step);
        boolean made = step - leads[lead] >= shadow.since() && recent.known() > leads[lead];
        if (made && recent.real(variable, leads[lead]) && !Float.isNaN(waiting[slot])) {
          double way = recent.value(variable, 0) - recent.value(variable, leads[lead]);
          double unit = memory.unit(variable, lead);
          shadow.lose(loss(way, waiting, slot) / unit, loss(way, waiting, slot + 1) / unit);
        }
      }
    }
  }

  private double loss(double way, float[] waiting, int slot) {
    double loss = 0;
    for (int level = 0; level < quantiles.length; level++) {
      double beyond = way - waiting[slot + 2 * level];
      loss += beyond * (beyond < 0 ? quantiles[level] - 1 : quantiles[level]);
    }
    return loss;
  }

  @Override
  public void lay(Shadow shadow, Memory memory, Duel duel, long step) {
    float[] champion = duel.champion().answer();
    float[] challenger = duel.challenger().answer();
    int i = 0;
    for (int variable = 0; variable < memory.shape().variables(); variable++) {
      for (int lead = 0; lead < leads.length; lead++) {
        double unit = memory.unit(variable, lead);
        int slot = slot(memory, variable, lead, step);
        for (int level = 0; level < quantiles.length; level++, i++) {
          shadow.waiting()[slot + 2 * level] = Outstanding.finite(unit * champion[i]);
          shadow.waiting()[slot + 2 * level + 1] = Outstanding.finite(unit * challenger[i]);
        }
      }
    }
  }

  @Override
  public void withdraw(Shadow shadow, Memory memory, long step) {
    for (int variable = 0; variable < memory.shape().variables(); variable++) {
      for (int lead = 0; lead < leads.length; lead++) {
        int slot = slot(memory, variable, lead, step);
        Arrays.fill(shadow.waiting(), slot, slot + 2 * quantiles.length, Float.NaN);
      }
    }
  }

  private int slot(Memory memory, int variable, int lead, long step) {
    int row = first[lead] + (int) (step % leads[lead]);
    return (row * memory.shape().variables() + variable) * quantiles.length * 2;
  }
}
