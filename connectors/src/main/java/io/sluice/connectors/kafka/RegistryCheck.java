package io.sluice.connectors.kafka;

import io.sluice.connectors.mapping.Format;
import io.sluice.connectors.wire.Contract;
import io.sluice.connectors.wire.SchemaRegistry;
import io.sluice.connectors.wire.WireForm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a dry run asks the registry, where rows or readings are in Confluent's form. */
final class RegistryCheck {
  private final List<Finding> findings = new ArrayList<>();

  private RegistryCheck() {}

  static List<Finding> run(ReadingsSettings readings, RowsSettings rows) {
    RegistryCheck check = new RegistryCheck();
    try {
      if (readings.format().form() == Format.Form.CONFLUENT) {
        check.read(readings);
      }
      if (rows.wire().form() == WireForm.CONFLUENT) {
        check.written(rows);
      }
    } catch (IOException away) {
      check.findings.add(
          Finding.problem(
              "%s: is registry.url right, and may this machine reach it?", away.getMessage()));
    }
    return check.findings;
  }

  private void read(ReadingsSettings readings) throws IOException {
    String subject = SchemaRegistry.subject(readings.topic());
    boolean there = new SchemaRegistry(readings.format().registry()).knows(subject);
    findings.add(
        there
            ? Finding.fine("registry: \"%s\" has the schema of readings", subject)
            : Finding.warning(
                "registry: there is no \"%s\"; readings are read by the ids that stand in them, so their schema may have another name",
                subject));
  }

  private void written(RowsSettings rows) throws IOException {
    SchemaRegistry registry = new SchemaRegistry(rows.wire().registry());
    for (Map.Entry<String, Contract> topic : rows.topics().contracts().entrySet()) {
      String subject = SchemaRegistry.subject(topic.getKey());
      String takes =
          registry.knows(subject)
              ? "registry: \"%s\" takes our schema"
              : "registry: there is no \"%s\" yet, the job registers our schema";
      findings.add(
          registry
              .incompatibility(subject, topic.getValue().schema())
              .map(why -> Finding.problem("registry: %s", why))
              .orElseGet(() -> Finding.fine(takes, subject)));
    }
  }
}
