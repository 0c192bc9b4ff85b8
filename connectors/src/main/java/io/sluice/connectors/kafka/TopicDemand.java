package io.sluice.connectors.kafka;

import io.sluice.connectors.Original;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;

/**
 * What a job wants of a topic.
 *
 * @param compacted whether only the last record of a key need stay; where that is wrong, rows would be lost
 * @param largest record that is written to it, in bytes
 */
record TopicDemand(String topic, Set<AclOperation> operations, boolean compacted, long largest) {
  /** Keys, headers and Kafka's own bytes around a value. */
  static final long ENVELOPE = 4 << 10;

  static TopicDemand read(String topic) {
    return new TopicDemand(topic, Set.of(AclOperation.READ), false, 0);
  }

  static TopicDemand rows(String topic, long largest) {
    return new TopicDemand(topic, Set.of(AclOperation.WRITE), false, largest + ENVELOPE);
  }

  /** Late readings and dead letters, which are cut to what fits. */
  static TopicDemand letters(String topic) {
    return new TopicDemand(topic, Set.of(AclOperation.WRITE), false, Original.LARGEST_LETTER);
  }

  static TopicDemand store(String topic, long largest) {
    return new TopicDemand(
        topic, Set.of(AclOperation.READ, AclOperation.WRITE), true, largest + ENVELOPE);
  }

  List<Finding> hold(TopicDescription there, Config config) {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.fine(
            "topic \"%s\" has %d partitions, %d copies",
            topic, there.partitions().size(), there.partitions().get(0).replicas().size()));
    permitted(there, findings);
    policy(value(config, "cleanup.policy"), findings);
    size(value(config, "max.message.bytes"), findings);
    return findings;
  }

  private void permitted(TopicDescription there, List<Finding> findings) {
    for (AclOperation operation : operations) {
      if (there.authorizedOperations() != null
          && !there.authorizedOperations().contains(operation)) {
        findings.add(Finding.problem("topic \"%s\" does not permit us to %s", topic, operation));
      }
    }
  }

  private void policy(String policy, List<Finding> findings) {
    boolean compacts = policy.contains("compact");
    if (compacted && !policy.equals("compact")) {
      findings.add(
          Finding.problem(
              "topic \"%s\" has cleanup.policy=%s and would forget weights, expected compact",
              topic, policy));
    }
    if (!compacted && compacts) {
      findings.add(
          Finding.problem(
              "topic \"%s\" has cleanup.policy=%s and would forget rows, expected delete",
              topic, policy));
    }
  }

  private void size(String limit, List<Finding> findings) {
    if (!limit.isEmpty() && Long.parseLong(limit) < largest) {
      findings.add(
          Finding.problem(
              "topic \"%s\" takes messages of %s bytes, ours have up to %d: raise max.message.bytes",
              topic, limit, largest));
    }
  }

  private static String value(Config config, String name) {
    ConfigEntry entry = config.get(name);
    return entry == null || entry.value() == null ? "" : entry.value();
  }
}
