package io.sluice.connectors.kafka;

import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * What is promised of rows when something dies.
 *
 * @param transactionPrefix of this job's transactions; two jobs with the same one would end each other's
 * @param transactionTimeout after which the broker gives up a transaction; longer than any outage that must lose nothing,
 *     and no longer than the broker's {@code transaction.max.timeout.ms}
 */
public record Delivery(Promise promise, String transactionPrefix, Duration transactionTimeout)
    implements Serializable {
  /** Rows at least once, seen at once; the default prefix and time-out stand unused. */
  public static final Delivery AT_LEAST_ONCE =
      new Delivery(Promise.AT_LEAST_ONCE, "sluice", Duration.ofMinutes(15));

  /** The broker's own default for the longest time-out. */
  public static final Delivery EXACTLY_ONCE =
      new Delivery(Promise.EXACTLY_ONCE, "sluice", Duration.ofMinutes(15));

  /** How often a row is seen. */
  public enum Promise {
    AT_LEAST_ONCE,
    EXACTLY_ONCE
  }

  public Delivery {
    if (promise == Promise.EXACTLY_ONCE && transactionPrefix.isBlank()) {
      throw new IllegalArgumentException("exactly-once delivery needs a transaction prefix");
    }
    if (transactionTimeout.toMillis() < 1 || transactionTimeout.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the transaction time-out lies between 1 ms and 24 days, not " + transactionTimeout);
    }
  }

  DeliveryGuarantee guarantee() {
    return promise == Promise.EXACTLY_ONCE
        ? DeliveryGuarantee.EXACTLY_ONCE
        : DeliveryGuarantee.AT_LEAST_ONCE;
  }
}
