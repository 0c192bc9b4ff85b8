package io.sluice.connectors.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A parsed path: names and indices, and at its end perhaps a range of them.
 *
 * @param steps a String for a name, an Integer for an index
 * @param first and {@code last} of the range; 0 and 0 where there is none
 */
record Path(List<Object> steps, boolean isRange, int first, int last) {
  private static final int MAX_INDEX = 4095;
  private static final Pattern STEP =
      Pattern.compile("\\[(\\d{1,4})]|\\[0\\.\\.(\\d{1,4})]$|(?:^|(?<!^)\\.)([^.\\[\\]]+)");

  static Path parse(String text) {
    Matcher matcher = STEP.matcher(text);
    List<Object> steps = new ArrayList<>();
    int at = 0;
    int last = -1;
    while (matcher.find() && matcher.start() == at) {
      at = matcher.end();
      if (matcher.group(1) != null) {
        steps.add(index(matcher.group(1), text));
      } else if (matcher.group(2) != null) {
        last = index(matcher.group(2), text);
      } else {
        steps.add(matcher.group(3));
      }
    }
    if (at != text.length() || steps.isEmpty()) {
      throw new IllegalArgumentException(
          "path \"%s\" is not of the form a.b[0].c or a.b[0..2]".formatted(text));
    }
    return new Path(List.copyOf(steps), last >= 0, 0, Math.max(0, last));
  }

  private static int index(String digits, String text) {
    int index = Integer.parseInt(digits);
    if (index > MAX_INDEX) {
      throw new IllegalArgumentException(
          "path \"%s\" reaches past element %d".formatted(text, MAX_INDEX));
    }
    return index;
  }

  List<Object> single() {
    if (isRange) {
      throw new IllegalArgumentException(
          "a range of values cannot be a series or a time: " + steps);
    }
    return steps;
  }

  List<Object> expanded(int index) {
    if (!isRange) {
      return steps;
    }
    List<Object> all = new ArrayList<>(steps);
    all.add(index);
    return all;
  }
}
