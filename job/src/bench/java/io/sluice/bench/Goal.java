package io.sluice.bench;

import java.util.function.DoublePredicate;

/** What a figure is to be. */
record Goal(String text, DoublePredicate met) {
  static Goal atLeast(double least) {
    return new Goal("≥ " + least, figure -> figure >= least);
  }

  static Goal atMost(double most, String unit) {
    return new Goal("≤ " + most + unit, figure -> figure <= most);
  }

  String judged(double figure) {
    return text + (met.test(figure) ? ", met" : ", **missed**");
  }
}
