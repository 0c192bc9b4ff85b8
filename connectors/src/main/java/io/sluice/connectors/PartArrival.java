package io.sluice.connectors;

import io.sluice.weights.Part;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/** What a record of the weights topic turned out to be. */
@TypeInfo(Flows.PartType.class)
public sealed interface PartArrival {

  /** A part of a release; nothing of what it claims has been checked yet. */
  record Decoded(Part part) implements PartArrival {}

  /** No part, why, and where it stands. */
  record Rejected(String reason, String topic, int partition, long offset) implements PartArrival {}
}
