package io.sluice.online;

/** What a reading's time and a memory's bytes go to. */
public enum Faculty {
  LAST("last value"),
  SEASONAL("seasonal, with the season found"),
  PROFILE("profile of the season"),
  FEATURES("what least squares looks at"),
  SQUARES("least squares"),
  TOGETHER("least squares with neighbours"),
  CORRECTION("correction"),
  MIXTURE("weighing them, and what waits"),
  HISTORY("last values, for all of them"),
  BASELINE("baseline"),
  NETWORK("network"),
  INTERVALS("intervals"),
  VERDICTS("verdicts"),
  REST("the rest");

  private final String words;

  Faculty(String words) {
    this.words = words;
  }

  /** For people. */
  public String words() {
    return words;
  }
}
