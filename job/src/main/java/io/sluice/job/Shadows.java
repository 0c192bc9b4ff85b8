package io.sluice.job;

import io.sluice.contest.Pair;
import io.sluice.contest.Rules;
import io.sluice.forecast.Duel;
import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Memory;
import io.sluice.forecast.Model;
import io.sluice.forecast.Outcomes;
import io.sluice.forecast.Reading;
import io.sluice.forecast.Shadow;
import io.sluice.forecast.Understudy;
import java.io.IOException;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;

/**
 * The shadows of the series that are drawn while there is a challenger. Nobody else's state is touched, and a shadow is gone
 * at the latest when its series has not been measured for a round.
 */
final class Shadows {
  private final Rules rules;
  private final Outcomes rows;
  private final ValueState<Shadow> stored;
  private final Understudy understudy;

  private KeyedBroadcastProcessFunction<?, ?, ?, ?>.ReadOnlyContext context;
  private Shadow shadow;
  private boolean fresh;

  Shadows(RuntimeContext runtime, ForecastPlan plan, Rules rules, Outcomes rows) {
    this.rules = rules;
    this.rows = rows;
    stored = runtime.getState(new ValueStateDescriptor<>("shadow", ShadowSerializer.INSTANCE));
    understudy =
        new Understudy(plan, rules, rows, score -> context.output(ForecastFunction.SCORES, score));
  }

  /** What follows happens in that context. */
  Shadows of(KeyedBroadcastProcessFunction<?, ?, ?, ?>.ReadOnlyContext now) {
    context = now;
    return this;
  }

  /** Where a forecaster's outcomes go: past the understudy where the series is drawn, else straight to the rows. */
  Outcomes outcomes(Memory memory, Reading reading, Model champion, Model challenger)
      throws IOException {
    shadow = null;
    if (!rules.any() || !challenger.answers()) {
      return rows;
    }
    Duel duel = new Duel(champion, challenger);
    if (!rules.drawn(reading.series(), duel.pair())) {
      return rows;
    }
    shadow = known(duel.pair(), reading.time());
    return understudy.beside(shadow, memory, reading, duel);
  }

  private Shadow known(Pair pair, long time) throws IOException {
    Shadow known = stored.value();
    fresh =
        known == null
            || !known.pair().equals(pair)
            || !rules.beginning(known.round())
            || rules.over(known.round()) <= time;
    return fresh ? Shadow.fresh(pair) : known;
  }

  /** Keeps the shadow that has just been moved, if there is one. */
  void store() throws IOException {
    if (shadow == null || !shadow.begun()) {
      return;
    }
    stored.update(shadow);
    if (fresh) {
      context.timerService().registerEventTimeTimer(rules.over(shadow.round()));
    }
  }

  /** At a timer of the series: drops a shadow that has not been moved, or looks after it again later. */
  void expire(long time, TimerService timers) throws IOException {
    Shadow known = rules.beginning(time) ? stored.value() : null;
    if (known == null) {
      return;
    }
    long over = rules.over(known.round());
    if (over <= time) {
      stored.clear();
    } else {
      timers.registerEventTimeTimer(over);
    }
  }

  void clear() {
    stored.clear();
  }
}
