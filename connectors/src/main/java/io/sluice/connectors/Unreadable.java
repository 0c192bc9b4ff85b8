package io.sluice.connectors;

/** Bytes that are no reading, and why. Carries no stack: bad input is data, and there can be much of it. */
public final class Unreadable extends Exception {
  private static final int MAX_REASON = 500;

  public Unreadable(String reason) {
    super(
        reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + "…",
        null,
        false,
        false);
  }

  public String reason() {
    return getMessage();
  }
}
