package io.sluice.weights;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where weights came from, so that the same run can be made again.
 *
 * @param from earliest event time trained on, epoch milliseconds
 * @param to the cut: nothing after it was seen
 * @param windows how many were trained on
 * @param plan of the training, as text
 * @param losses by name, finite
 * @param parent version that training started from, 0 for from scratch
 */
public record Provenance(
    long from,
    long to,
    long windows,
    String plan,
    long seed,
    Map<String, Double> losses,
    long parent) {
  public Provenance {
    losses = Collections.unmodifiableMap(new TreeMap<>(losses));
    losses.forEach(Provenance::checkFinite);
    if (from > to || windows < 0 || parent < 0) {
      throw new IllegalArgumentException(
          "from %d to %d, %d windows, parent %d".formatted(from, to, windows, parent));
    }
  }

  private static void checkFinite(String name, Double loss) {
    if (!Double.isFinite(loss)) {
      throw new IllegalArgumentException(
          "loss \"%s\" is %s, expected finite".formatted(name, loss));
    }
  }

  /** Of weights that were made elsewhere. */
  public static Provenance imported(String from) {
    return new Provenance(0, 0, 0, from, 0, Map.of(), 0);
  }
}
