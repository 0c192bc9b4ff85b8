package io.sluice.symbols;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The symbols of a series. Each has a place, counted from 0 in the order of the names; one more is kept for all that have no
 * name here.
 *
 * @param names none of them for series of numbers
 * @param top how many of the likeliest a forecast names; what comes outside of them may surprise
 */
public record Symbols(List<String> names, int top) implements Serializable {
  /** Of a series of numbers. */
  public static final Symbols NONE = new Symbols(List.of(), 1);

  /** The name of the place kept for all others. */
  public static final String UNKNOWN = "unknown";

  /** Where nothing came. */
  public static final int MISSING = -1;

  private static final int MOST = 1000;

  public Symbols {
    names = List.copyOf(names);
    if (names.size() == 1 || names.size() > MOST) {
      throw new IllegalArgumentException(
          "symbols are 2 to %d, not %d".formatted(MOST, names.size()));
    }
    if (new HashSet<>(names).size() < names.size() || names.contains("")) {
      throw new IllegalArgumentException("symbols need distinct names, not " + names);
    }
    if (names.contains(UNKNOWN)) {
      throw new IllegalArgumentException(
          "the symbol \"%s\" is kept for all that have no name".formatted(UNKNOWN));
    }
    if (top < 1) {
      throw new IllegalArgumentException("top is %d, expected 1 or more".formatted(top));
    }
  }

  /** Those that are called by their numbers, 0 to {@code count − 1}. */
  public static Symbols numbered(int count, int top) {
    if (count > MOST) {
      throw new IllegalArgumentException("symbols are 2 to %d, not %d".formatted(MOST, count));
    }
    return new Symbols(IntStream.range(0, count).mapToObj(Integer::toString).toList(), top);
  }

  /** As settings have them: their names, or a single number of them. */
  public static Symbols read(List<String> names, int top) {
    boolean counted = names.size() == 1 && names.get(0).matches("[0-9]{1,9}");
    return counted ? numbered(Integer.parseInt(names.get(0)), top) : new Symbols(names, top);
  }

  public boolean any() {
    return !names.isEmpty();
  }

  /** The one kept for all others among them; 0 where there are no symbols. */
  public int places() {
    return any() ? names.size() + 1 : 0;
  }

  public int unknown() {
    return names.size();
  }

  /** Of a reading's value. */
  public int place(double value) {
    if (Double.isNaN(value)) {
      return MISSING;
    }
    boolean named = value >= 0 && value < names.size() && value == Math.rint(value);
    return named ? (int) value : unknown();
  }

  /** Of what a message says: a name, or else the number of a place. */
  public int place(String text) {
    String name = text.trim();
    int place = names.indexOf(name);
    if (place >= 0) {
      return place;
    }
    boolean number =
        !name.isEmpty() && name.length() <= 4 && name.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? place(Integer.parseInt(name)) : unknown();
  }

  public String name(int place) {
    return place < names.size() ? names.get(place) : UNKNOWN;
  }

  /** At most so many are named by a forecast. */
  public int named() {
    return Math.min(top, places());
  }
}
