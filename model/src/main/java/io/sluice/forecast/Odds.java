package io.sluice.forecast;

import io.sluice.symbols.Transcript;

/**
 * What a memory of symbols expects to come next, for people who ask why. Chances stand by the place of the symbol.
 *
 * @param chances as they are told
 * @param chain as what followed what so far has them
 * @param network as the network has them; nothing where it did not speak
 * @param trust how much of what is told is the network's, 0 to 1; the rest is the chain's
 * @param covered share of symbols so far that were among those named, NaN before the first
 * @param known symbols from which it is known what is rare
 */
public record Odds(
    double[] chances, double[] chain, float[] network, double trust, double covered, int known) {

  public static Odds of(Memory memory) {
    Transcript transcript = memory.transcript();
    double[] chances = new double[memory.shape().symbols()];
    double[] chain = new double[chances.length];
    transcript.expect(chances);
    transcript.expectAlone(chain);
    return new Odds(
        chances,
        chain,
        transcript.network(),
        transcript.trust(),
        transcript.covered(),
        transcript.known());
  }

  /** How many are likelier than that one. */
  public int likelier(int place) {
    int likelier = 0;
    for (double chance : chances) {
      likelier += chance > chances[place] ? 1 : 0;
    }
    return likelier;
  }

  /** The chance of that one and of all that are no likelier. */
  public double unlikelier(int place) {
    double sum = 0;
    for (double chance : chances) {
      sum += chance <= chances[place] ? chance : 0;
    }
    return Math.min(sum, 1);
  }
}
