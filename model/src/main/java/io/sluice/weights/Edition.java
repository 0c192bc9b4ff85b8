package io.sluice.weights;

/**
 * Which release this is, and where it stands.
 *
 * @param model id of the model, one for the fleet or one for each group of series
 * @param version 1 or more, larger for later releases of the same model
 * @param activeFrom event time from which readings are forecast with it, epoch milliseconds
 * @param reason for its state, for people to read; empty where there is nothing to say; what a person has decided begins with
 *     {@code BY_HAND}
 */
public record Edition(String model, long version, State state, long activeFrom, String reason) {
  /** Nothing automatic undoes what has such a reason. */
  public static final String BY_HAND = "by hand";

  static final int LONGEST_MODEL = 200;
  private static final int LONGEST_REASON = 10_000;

  public Edition {
    if (model.isBlank() || model.length() > LONGEST_MODEL) {
      throw new IllegalArgumentException(
          "a model id of 1 to %d characters, not \"%.20s\" (%d)"
              .formatted(LONGEST_MODEL, model, model.length()));
    }
    if (version < 1) {
      throw new IllegalArgumentException("versions count from 1, not from " + version);
    }
    if (reason.length() > LONGEST_REASON) {
      throw new IllegalArgumentException("a reason of %d characters".formatted(reason.length()));
    }
  }

  /** Whether a person brought it to its state. */
  public boolean byHand() {
    return reason.startsWith(BY_HAND);
  }

  /** Not in use yet. */
  public static Edition candidate(String model, long version) {
    return new Edition(model, version, State.CANDIDATE, Long.MAX_VALUE, "");
  }

  Edition renumbered(long version) {
    return new Edition(model, version, state, activeFrom, reason);
  }

  public Edition promoted(long activeFrom, String reason) {
    return new Edition(model, version, State.PROMOTED, activeFrom, reason);
  }

  /** Keeps {@code activeFrom}: which readings it would have answered is still told. */
  public Edition rolledBack(String reason) {
    return new Edition(model, version, State.ROLLED_BACK, activeFrom, reason);
  }
}
