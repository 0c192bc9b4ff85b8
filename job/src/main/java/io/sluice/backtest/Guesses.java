package io.sluice.backtest;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** How often what came next had been held likely, and what chance it had been given. */
final class Guesses {
  private long scored;
  private double first;
  private double within;
  private double surprisal;

  /**
   * Scores what was said of one that came.
   *
   * @param chances of each place
   * @param top among how many of the likeliest it should be; of those held alike each has an equal share in what is left
   */
  void score(double[] chances, int place, int top) {
    int likelier = 0;
    int alike = 0;
    for (double chance : chances) {
      likelier += chance > chances[place] ? 1 : 0;
      alike += chance == chances[place] ? 1 : 0;
    }
    scored++;
    first += share(1 - likelier, alike);
    within += share(top - likelier, alike);
    surprisal -= Math.log(chances[place]);
  }

  private static double share(int left, int alike) {
    return Math.max(0, Math.min(1, (double) left / alike));
  }

  long scored() {
    return scored;
  }

  /** Share that was the likeliest. */
  double first() {
    return first / scored;
  }

  /** Share that was among the likeliest few. */
  double within() {
    return within / scored;
  }

  /** Mean −ln of the chance that what came was given. */
  double loss() {
    return surprisal / scored;
  }

  /** Among how many symbols alike the choice would be as hard. */
  double perplexity() {
    return Math.exp(loss());
  }

  /** For a file; what was never scored has no shares. */
  ObjectNode write(ObjectNode node) {
    node.put("scored", scored);
    number(node, "first", first());
    number(node, "within", within());
    number(node, "loss", loss());
    return node;
  }

  private static void number(ObjectNode node, String name, double number) {
    if (Double.isFinite(number)) {
      node.put(name, number);
    } else {
      node.putNull(name);
    }
  }
}
