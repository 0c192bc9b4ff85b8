package io.sluice.forecast;

import io.sluice.anomaly.Verdict;
import io.sluice.contest.Rules;
import io.sluice.contest.Score;
import java.util.function.Consumer;

/**
 * Lets a challenger forecast the steps that the champion forecasts, publishes nothing of it, and tells at the end of each
 * round which of the two lost less.
 *
 * <p>It stands between a {@code Forecaster} and its outcomes, so it sees each step just after the champion's network has made
 * it. Both networks are measured as they are, before others have their say: the ensemble and calibration, of symbols the chain.
 *
 * <p>For one thread: it keeps scratch.
 */
public final class Understudy implements Outcomes {
  private final Rules rules;
  private final Outcomes outcomes;
  private final Consumer<Score> scores;
  private final Encoder encoder;
  private final Stakes stakes;
  private final int warmup;

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
    stakes = plan.symbols().any() ? new SymbolStakes(plan) : new NumberStakes(plan);
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
    long step = stakes.step(memory);
    if (!shadow.follows(step) || shadow.waiting().length != stakes.slots()) {
      shadow.beginAnew(stakes.slots());
    }
    if (stakes.moved(forecast)) {
      move(rules.round(forecast.time()), step);
    }
    shadow.stand(step);
    outcomes.forecast(forecast);
  }

  private void move(long round, long step) {
    turn(round, step);
    stakes.settle(shadow, memory, step);
    encoder.step(reading.series(), memory, shadow.encoding(), duel.challenger());
    if (memory.pace().seen() >= warmup) {
      stakes.lay(shadow, memory, duel, step);
    } else {
      stakes.withdraw(shadow, memory, step);
    }
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

  @Override
  public void gap(Reading after) {
    outcomes.gap(after);
  }
}
