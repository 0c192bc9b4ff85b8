package io.sluice.forecast;

/** Who answers: a network with its weights, or nobody yet. */
public final class Model {
  private static final Model NONE = new Model();

  private Model() {}

  /** No weights yet: the baseline answers. */
  public static Model none() {
    return NONE;
  }

  public boolean answers() {
    return false;
  }

  /** Id of the model, empty while there is none. */
  public String id() {
    return "";
  }

  /** Of its weights, 0 while there is none. */
  public long version() {
    return 0;
  }

  /** The usual spread of a variable, for a series that has shown none of its own; NaN if unknown. */
  double prior(int variable) {
    return Double.NaN;
  }
}
