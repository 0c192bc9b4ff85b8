package io.sluice.weights;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Arrays;

/** What is read off the last layer's output at a step. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @Type(value = Head.None.class, name = "none"),
  @Type(value = Head.Linear.class, name = "linear"),
  @Type(value = Head.Quantiles.class, name = "quantiles"),
  @Type(value = Head.Softmax.class, name = "softmax")
})
public sealed interface Head {

  int MOST_ROWS = 1 << 20;

  /** How many rows the head's matrix has. */
  int rows();

  /** The hidden output itself. */
  record None() implements Head {
    @Override
    public int rows() {
      return 0;
    }

    @Override
    public String toString() {
      return "no head";
    }
  }

  record Linear(int rows) implements Head {
    public Linear {
      check(rows);
    }

    @Override
    public String toString() {
      return "linear head of " + rows;
    }
  }

  /** Several quantiles for each variable and lead in one pass, ascending by construction. */
  record Quantiles(int variables, int leads, int levels) implements Head {
    public Quantiles {
      check(variables, leads, levels);
    }

    @Override
    public int rows() {
      return variables * leads * levels;
    }

    @Override
    public String toString() {
      return "head of %d quantiles by %d leads by %d variables".formatted(levels, leads, variables);
    }
  }

  /** Probabilities of symbols. */
  record Softmax(int rows) implements Head {
    public Softmax {
      check(rows);
    }

    @Override
    public String toString() {
      return "softmax head of " + rows;
    }
  }

  private static void check(int... factors) {
    long rows = 1;
    for (int factor : factors) {
      rows = factor < 1 || rows > MOST_ROWS ? 0 : rows * factor;
    }
    if (rows < 1 || rows > MOST_ROWS) {
      throw new IllegalArgumentException(
          "a head of %s rows, expected 1 to %d".formatted(Arrays.toString(factors), MOST_ROWS));
    }
  }
}
