package io.sluice.forecast;

import io.sluice.anomaly.Verdict;
import io.sluice.contest.Rules;
import io.sluice.contest.Score;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Lets a challenger forecast the steps that the champion forecasts, publishes nothing of it, and tells at the end of each
 * round which of the two lost less.
 *
 * <p>It stands between a {@code Forecaster} and its outcomes, so it sees each step just after the champion's network has made
 * it. Both networks are measured as they are, before the ensemble and calibration have their say. A network that comes to
 * numbers that are not finite counts as one that expects the last value.
 *
 * <p>For one thread: it keeps scratch.
 */
public final class Understudy implements Outcomes {
  private final Rules rules;
  private final Outcomes outcomes;
  private final Consumer<Score> scores;
  private final Encoder encoder;
  private final int warmup;
  private final int[] leads;
  private final double[] quantiles;
  private final int[] first;
  private final int slots;

  private Shadow shadow;
  private Memory memory;
  private Reading reading;
  private Duel duel;

  /** @param outcomes where everything goes on to */
  public Understudy(ForecastPlan plan, Rules rules, Outcomes outcomes, Consumer<Score> scores) {
    this.rules = rules;
    this.outcomes = outcomes;
    this.scores = scores;
    encoder = new Encoder(plan);
    warmup = plan.warmup();
    leads = plan.horizon().leads().stream().mapToInt(Integer::intValue).toArray();
    quantiles = plan.horizon().quantiles().stream().mapToDouble(Double::doubleValue).toArray();
    first = new int[leads.length];
    for (int lead = 1; lead < leads.length; lead++) {
      first[lead] = first[lead - 1] + leads[lead - 1];
    }
    slots = Arrays.stream(leads).sum() * plan.variables().size() * quantiles.length * 2;
  }

  /** What a forecaster is to hand its outcomes to while it moves that memory by that reading. */
  public Outcomes beside(Shadow newShadow, Memory newMemory, Reading newReading, Duel newDuel) {
    shadow = newShadow;
    memory = newMemory;
    reading = newReading;
    duel = newDuel;
    return this;
  }

  @Override
  public void forecast(Forecast forecast) {
    long step = memory.recent().steps();
    if (!shadow.follows(step) || shadow.distances().length != slots) {
      shadow.beginAnew(slots);
    }
    turn(rules.round(forecast.time()), step);
    score(step);
    encoder.step(memory, shadow.encoding(), duel.challenger());
    if (memory.pace().seen() >= warmup) {
      note(step);
    } else {
      forget(step);
    }
    shadow.stand(step);
    outcomes.forecast(forecast);
  }

  /** A score is handed on by the round after; later, nobody may be waiting for it. */
  private void turn(long round, long step) {
    if (round == shadow.round()) {
      return;
    }
    if (shadow.forecasts() > 0 && rules.round(reading.time()) == rules.next(shadow.round())) {
      long advantage = Score.advantage(shadow.championLost(), shadow.challengerLost());
      String model = duel.champion().id();
      scores.accept(new Score(model, shadow.pair(), shadow.round(), advantage, shadow.forecasts()));
    }
    shadow.turn(round, step);
  }

  /** What both lose by the value of this step, on forecasts made in this round. */
  private void score(long step) {
    Recent recent = memory.recent();
    for (int variable = 0; variable < memory.shape().variables(); variable++) {
      for (int lead = 0; lead < leads.length && recent.real(variable, 0); lead++) {
        int slot = slot(variable, lead, step);
        boolean made = step - leads[lead] >= shadow.since() && recent.known() > leads[lead];
        if (made && recent.real(variable, leads[lead]) && !Float.isNaN(shadow.distances()[slot])) {
          double way = recent.value(variable, 0) - recent.value(variable, leads[lead]);
          double unit = memory.unit(variable, lead);
          shadow.lose(loss(way, slot) / unit, loss(way, slot + 1) / unit);
        }
      }
    }
  }

  /** Pinball loss over all quantiles. */
  private double loss(double way, int slot) {
    double loss = 0;
    for (int level = 0; level < quantiles.length; level++) {
      double beyond = way - shadow.distances()[slot + 2 * level];
      loss += beyond * (beyond < 0 ? quantiles[level] - 1 : quantiles[level]);
    }
    return loss;
  }

  private void note(long step) {
    float[] champion = duel.champion().answer();
    float[] challenger = duel.challenger().answer();
    int i = 0;
    for (int variable = 0; variable < memory.shape().variables(); variable++) {
      for (int lead = 0; lead < leads.length; lead++) {
        double unit = memory.unit(variable, lead);
        int slot = slot(variable, lead, step);
        for (int level = 0; level < quantiles.length; level++, i++) {
          shadow.distances()[slot + 2 * level] = Outstanding.finite(unit * champion[i]);
          shadow.distances()[slot + 2 * level + 1] = Outstanding.finite(unit * challenger[i]);
        }
      }
    }
  }

  private void forget(long step) {
    for (int variable = 0; variable < memory.shape().variables(); variable++) {
      for (int lead = 0; lead < leads.length; lead++) {
        int slot = slot(variable, lead, step);
        Arrays.fill(shadow.distances(), slot, slot + 2 * quantiles.length, Float.NaN);
      }
    }
  }

  private int slot(int variable, int lead, long step) {
    int row = first[lead] + (int) (step % leads[lead]);
    return (row * memory.shape().variables() + variable) * quantiles.length * 2;
  }

  @Override
  public void verdict(Verdict verdict) {
    outcomes.verdict(verdict);
  }

  @Override
  public void late(Reading late, String reason) {
    outcomes.late(late, reason);
  }

  @Override
  public void repeat(Reading repeat) {
    outcomes.repeat(repeat);
  }
}
