package io.sluice.forecast;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.weights.Horizon;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Weights that were made for other readings are refused, and what does not fit is named. */
class ModelTest {
  private final ForecastPlan plan = Plans.irregular();

  private void refuses(ForecastPlan other, String reason) {
    assertThatThrownBy(() -> Model.of(Plans.release(other, 4, 1), plan)).hasMessage(reason);
  }

  @Test
  void refusesOtherVariables() {
    refuses(
        new ForecastPlan(
            List.of("flow", "speed"), plan.covariates(), plan.horizon(), plan.timing(), 9, 9, 0),
        "pumps version 4 has the variables [flow, speed], the plan asks for [flow, pressure]");
  }

  @Test
  void refusesOtherInputs() {
    refuses(
        Plans.aligned(),
        "pumps version 4 has the inputs [flow, flow:change, flow:missing, pressure, "
            + "pressure:change, pressure:missing, day:sin, day:cos, week:sin, week:cos, shift], the plan asks for "
            + plan.inputs());
  }

  @Test
  void refusesAnotherHorizon() {
    Horizon horizon = new Horizon(List.of(1, 4, 12), plan.horizon().quantiles());
    refuses(
        new ForecastPlan(plan.variables(), plan.covariates(), horizon, plan.timing(), 9, 9, 0),
        "pumps version 4 has the leads [1, 4, 12], the plan asks for [1, 3, 12]");
  }

  @Test
  void refusesACalendarOfAnotherZone() {
    Timing timing =
        new Timing(
            Timing.Order.ARRIVAL,
            Duration.ZERO,
            Duration.ZERO,
            1000,
            Duration.ofMinutes(5),
            Duration.ofHours(6),
            Duration.ofDays(7),
            BySeries.all(ZoneId.of("Asia/Tokyo")));
    refuses(
        new ForecastPlan(plan.variables(), plan.covariates(), plan.horizon(), timing, 9, 9, 0),
        "pumps version 4 has the zone Asia/Tokyo, the plan asks for Europe/Berlin");
  }
}
