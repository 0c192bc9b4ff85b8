package io.sluice.anomaly;

/**
 * What is said of one reading given the forecast made before it.
 *
 * @param surprise 0 (as expected) to 1; of a run, such as a flat line, what falls to each of its readings
 * @param actual one for each variable, as are the next four
 * @param contribution share of each variable in the surprise; sums to 1, or to 0 without surprise
 * @param alert whether somebody should be told
 * @param reason why there is no alert although it is surprising, empty otherwise
 * @param episode the episode that this reading belongs to
 */
public record Verdict(
    String series,
    long time,
    Kind kind,
    double surprise,
    double[] actual,
    double[] expected,
    double[] lower,
    double[] upper,
    double[] contribution,
    boolean alert,
    String reason,
    Episode episode) {}
