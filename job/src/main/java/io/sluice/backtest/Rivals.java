package io.sluice.backtest;

import io.sluice.forecast.Memory;
import io.sluice.forecast.Reading;
import io.sluice.weights.Horizon;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whom Sluice is compared with, over all variables; each knows what Sluice knew at the time and no more. */
final class Rivals {
  private static final int SEASONAL = 1;

  private final List<Autoregression> regressions = new ArrayList<>();
  private final List<List<Rival>> rivals = new ArrayList<>();
  private final double[] expected;
  private final double[] latest;

  Rivals(Horizon horizon, Scores scores, int variables) {
    expected = new double[horizon.leads().size()];
    latest = new double[variables];
    Arrays.fill(latest, Double.NaN);
    for (int rival = 0; rival < Scores.RIVALS.size(); rival++) {
      rivals.add(new ArrayList<>());
      for (int variable = 0; variable < variables; variable++) {
        rivals.get(rival).add(new Rival(horizon.leads(), horizon.quantiles()));
      }
    }
    for (int variable = 0; variable < variables; variable++) {
      regressions.add(new Autoregression(scores.scale(variable), horizon.leads()));
    }
  }

  /** Lets all hear a reading and say what follows; the memory has just taken it in, and knows the season. */
  void hear(Reading reading, Memory memory) {
    for (int variable = 0; variable < regressions.size(); variable++) {
      double value = reading.values()[variable];
      latest[variable] = Double.isNaN(value) ? latest[variable] : value;
      for (List<Rival> rival : rivals) {
        rival.get(variable).hear(value);
      }
      rivals.get(0).get(variable).say(last(memory, variable));
      rivals.get(1).get(variable).say(seasonal(memory, variable));
      regressions.get(variable).hear(value);
      regressions.get(variable).expect(expected);
      rivals.get(2).get(variable).say(expected);
    }
  }

  private double[] last(Memory memory, int variable) {
    for (int lead = 0; lead < expected.length; lead++) {
      expected[lead] = last(memory.voices(variable, lead), variable);
    }
    return expected;
  }

  private double last(double[] voices, int variable) {
    return voices.length > 0 ? voices[0] : latest[variable];
  }

  /** The last value while no season is known. */
  private double[] seasonal(Memory memory, int variable) {
    for (int lead = 0; lead < expected.length; lead++) {
      double[] voices = memory.voices(variable, lead);
      boolean known = voices.length > 0 && !Double.isNaN(voices[SEASONAL]);
      expected[lead] = known ? voices[SEASONAL] : last(voices, variable);
    }
    return expected;
  }

  void score(int reading, Scores scores) {
    for (int i = 0; i < rivals.size(); i++) {
      List<Rival> one = rivals.get(i);
      scores.heard(
          Scores.RIVALS.get(i),
          reading,
          (variable, lead, level) -> one.get(variable).quantile(lead, level));
    }
  }
}
