package io.sluice.connectors.kafka;

import io.sluice.connectors.wire.Contract;
import io.sluice.connectors.wire.Labels;
import io.sluice.connectors.wire.Wire;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where rows go and in which form.
 *
 * @param labels what the numbers of a forecast and a verdict are called
 */
public record RowsSettings(Topics topics, Wire wire, Labels labels, Delivery delivery)
    implements Serializable {

  /** The topics of the four kinds of rows. */
  public record Topics(String forecasts, String verdicts, String late, String deadLetters)
      implements Serializable {
    public static final Topics DEFAULT =
        new Topics("forecasts", "verdicts", "late", "dead-letters");

    Map<String, Contract> contracts() {
      Map<String, Contract> contracts = new LinkedHashMap<>();
      contracts.put(forecasts, Contract.FORECAST);
      contracts.put(verdicts, Contract.VERDICT);
      contracts.put(late, Contract.DEAD_LETTER);
      contracts.put(deadLetters, Contract.DEAD_LETTER);
      return contracts;
    }
  }
}
