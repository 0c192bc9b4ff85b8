package io.sluice.anomaly;

import java.io.Serializable;
import java.time.Duration;

/**
 * How many false alarms people can live with. Each series has an equal share of them, and each of its readings an equal
 * share of those: the chance at which a reading alerts is alerts × time between its readings / (span × fleet). It hangs on
 * nothing but the series' own pace and the settings, and so is the same after a replay or at another parallelism.
 *
 * @param alerts that may be false
 * @param span within which
 * @param fleet series that share them
 */
public record Budget(double alerts, Duration span, int fleet) implements Serializable {
  /** One a series and month. */
  public static final Budget DEFAULT = new Budget(1, Duration.ofDays(30), 1);

  public Budget {
    if (!(alerts > 0) || span.toMillis() <= 0 || fleet < 1) {
      throw new IllegalArgumentException(
          "a budget of %s alerts in %s for a fleet of %d series; each must be positive"
              .formatted(alerts, span, fleet));
    }
  }

  /** Evidence from which a reading alerts, for a series that speaks so often. */
  double bar(double millisBetweenReadings) {
    double chance = alerts * millisBetweenReadings / (fleet * (double) span.toMillis());
    return Math.max(Suspicion.ALARMING, -StrictMath.log10(chance));
  }
}
