package io.sluice.forecast;

import io.sluice.contest.Pair;

/** A model that answers and one that only forecasts beside it. */
public record Duel(Model champion, Model challenger) {
  public Pair pair() {
    return new Pair(champion.version(), challenger.version());
  }
}
