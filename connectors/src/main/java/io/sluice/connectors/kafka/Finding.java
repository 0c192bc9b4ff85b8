package io.sluice.connectors.kafka;

/** One line of a dry run. */
public record Finding(Level level, String what) {
  /** How bad it is. */
  public enum Level {
    FINE,
    /** The job runs, but not as one may expect. */
    WARNING,
    /** The job would fail. */
    PROBLEM
  }

  static Finding fine(String what, Object... of) {
    return new Finding(Level.FINE, what.formatted(of));
  }

  static Finding warning(String what, Object... of) {
    return new Finding(Level.WARNING, what.formatted(of));
  }

  static Finding problem(String what, Object... of) {
    return new Finding(Level.PROBLEM, what.formatted(of));
  }
}
