package io.sluice.anomaly;

import java.time.ZoneId;
import java.util.function.Function;

/**
 * Decides whether somebody is told of a suspicious reading, once an episode, and says why not where nobody is.
 *
 * <pre>
 *   evidence ≥ the budget's bar ──► alert, an episode begins
 *   evidence ≥ hysteresis × bar ──► it goes on, "episode"; after some calm readings it ends
 *   else                        ──► "warming", "calendar", "direction", "deviation", "cool-down", "budget"
 * </pre>
 */
public final class Bell {
  private final Alerts alerts;
  private final Function<String, ZoneId> zones;

  /** @param zones that series live in, by their names */
  public Bell(Alerts alerts, Function<String, ZoneId> zones) {
    this.alerts = alerts;
    this.zones = zones;
  }

  /** Whether there is anything to decide. */
  public boolean cares(Vigil vigil, Suspicion suspicion) {
    return vigil.open() || !suspicion.ordinary();
  }

  /**
   * Decides; the vigil learns of it.
   *
   * @param deviation the suspicious variable's value and what was expected of it
   */
  public Notice ring(Vigil vigil, Suspicion suspicion, Occasion occasion, double... deviation) {
    double bar = bar(vigil, occasion.time(), occasion.between());
    if (vigil.open() && vigil.tells(suspicion)) {
      if (suspicion.evidence() >= alerts.hysteresis() * bar) {
        vigil.goOn(suspicion, occasion);
      } else {
        vigil.calm(alerts.confirm());
      }
      if (vigil.open()) {
        String reason = suspicion.ordinary() ? "" : "episode";
        return new Notice(false, reason, vigil.episode(occasion.series()));
      }
    }
    if (suspicion.ordinary()) {
      return Notice.NONE;
    }
    String reason = reason(vigil, suspicion, occasion, deviation);
    if (reason.isEmpty() && suspicion.evidence() < bar) {
      reason = "budget";
    }
    if (!reason.isEmpty()) {
      return Notice.unsaid(reason);
    }
    vigil.begin(suspicion, occasion);
    return new Notice(true, "", vigil.episode(occasion.series()));
  }

  /** Evidence from which a reading of that time alerts, of a series that speaks so often, in milliseconds. */
  public double bar(Vigil vigil, long time, double between) {
    double asked = alerts.budget().bar(between) + vigil.shift(time);
    return Math.min(Suspicion.CERTAIN, Math.max(Suspicion.ALARMING, asked));
  }

  /** For what is certain, and no reading of any episode. */
  public Notice ring(String series, long time) {
    return quiet(series, time) ? Notice.unsaid("calendar") : Notice.ALERT;
  }

  private boolean quiet(String series, long time) {
    return alerts.calendar(zones.apply(series)).covers(time);
  }

  private String reason(Vigil vigil, Suspicion suspicion, Occasion occasion, double[] deviation) {
    boolean certain = suspicion.evidence() >= Suspicion.CERTAIN;
    if (!certain && (occasion.readings() < alerts.warmup() || occasion.between() == 0)) {
      return "warming";
    }
    if (quiet(occasion.series(), occasion.time())) {
      return "calendar";
    }
    String indifference =
        alerts
            .limits(suspicion.variable())
            .indifference(deviation[0], deviation[1], suspicion.side());
    if (!indifference.isEmpty()) {
      return indifference;
    }
    boolean cooling =
        vigil.end() != Long.MIN_VALUE
            && occasion.time() - vigil.end() < alerts.cooldown().toMillis();
    return cooling ? "cool-down" : "";
  }
}
