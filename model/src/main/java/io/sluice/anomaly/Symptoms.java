package io.sluice.anomaly;

/**
 * What a {@code Watch} has seen of its variable of late, for people who ask why.
 *
 * @param still how many readings in a row repeat the one before
 * @param spread how far an error usually goes, in the variable's own units
 * @param run mean error of late, in spreads
 * @param trembling mean size of errors of late, in spreads
 * @param told how far all readings since the last leap lay from where it led to, in the variable's own units
 * @param held how far they lay from what had been expected
 * @param undecided readings until the nearer of the two tells a new level from a spike; 0 where it is settled
 */
public record Symptoms(
    int still,
    double spread,
    double run,
    double trembling,
    double told,
    double held,
    int undecided) {}
