package io.sluice.retrain;

import io.sluice.anomaly.Label;
import io.sluice.forecast.Reading;
import java.util.List;
import java.util.SortedMap;

/**
 * What was heard of one series.
 *
 * @param readings in order
 * @param sayings what people said of them, by the times they spoke of, epoch milliseconds
 */
record Heard(List<Reading> readings, SortedMap<Long, Label> sayings) {}
