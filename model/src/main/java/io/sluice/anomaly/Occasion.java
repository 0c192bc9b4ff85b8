package io.sluice.anomaly;

/**
 * The reading that a suspicion is of.
 *
 * @param time epoch milliseconds
 * @param surprise how improbable the reading is or the run that it ends, 0 to 1
 * @param readings of the series so far
 * @param between milliseconds from one of them to the next, usually; 0 while unknown
 */
public record Occasion(String series, long time, double surprise, int readings, double between) {}
