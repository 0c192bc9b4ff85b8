package io.sluice.connectors.kafka;

import io.sluice.connectors.wire.Labels;
import io.sluice.connectors.wire.WireForm;
import java.io.Serializable;

/**
 * Where rows go and in which form.
 *
 * @param labels what the numbers of a forecast and a verdict are called
 */
public record RowsSettings(Topics topics, WireForm form, Labels labels, Delivery delivery)
    implements Serializable {

  /** The topics of the four kinds of rows. */
  public record Topics(String forecasts, String verdicts, String late, String deadLetters)
      implements Serializable {
    public static final Topics DEFAULT =
        new Topics("forecasts", "verdicts", "late", "dead-letters");
  }
}
