package io.sluice.anomaly;

/**
 * A run of suspicious readings told as one story.
 *
 * @param id series and start, empty where there is no episode
 * @param start epoch milliseconds
 * @param end of its last suspicious reading so far
 * @param severity how improbable its oddest reading or run of readings was, 0 to 1
 * @param peak when that was
 */
public record Episode(String id, long start, long end, double severity, long peak) {
  public static final Episode NONE = new Episode("", 0, 0, 0, 0);
}
