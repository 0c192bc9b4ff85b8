package io.sluice.connectors;

import io.sluice.anomaly.Label;
import io.sluice.forecast.Reading;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/** What a record of the readings topic, or of that of feedback, turned out to be. */
@TypeInfo(Flows.ArrivalType.class)
public sealed interface Arrival {
  Original original();

  /** A reading, with the record it came in: a late one is handed on as it was received. */
  record Decoded(Reading reading, Original original) implements Arrival {}

  /** What a person says of a series at a time. */
  record Labelled(String series, long time, Label label, Original original) implements Arrival {}

  /** No reading, and why. */
  record Rejected(String reason, Original original) implements Arrival {}
}
