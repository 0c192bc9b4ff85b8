package io.sluice.weights;

/**
 * One forecast variable, and the prior scaling of a series that nobody has seen yet.
 *
 * @param unit of its readings, empty where it has none
 * @param centre over the whole fleet, in that unit
 * @param scale over the whole fleet, in that unit, above 0
 */
public record Variable(String name, String unit, double centre, double scale) {
  public Variable {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a variable needs a name");
    }
    if (!Double.isFinite(centre) || !Double.isFinite(scale) || scale <= 0) {
      throw new IllegalArgumentException(
          "variable \"%s\" has centre %s and scale %s, expected finite numbers and a scale above 0"
              .formatted(name, centre, scale));
    }
  }
}
