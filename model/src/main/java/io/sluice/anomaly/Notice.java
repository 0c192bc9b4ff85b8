package io.sluice.anomaly;

/**
 * Whether somebody is told of a reading.
 *
 * @param reason why not although it is suspicious, empty otherwise
 */
public record Notice(boolean alert, String reason, Episode episode) {
  public static final Notice NONE = new Notice(false, "", Episode.NONE);
  static final Notice ALERT = new Notice(true, "", Episode.NONE);

  static Notice unsaid(String reason) {
    return new Notice(false, reason, Episode.NONE);
  }
}
