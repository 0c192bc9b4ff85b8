package io.sluice.job;

import io.sluice.contest.Contest;
import io.sluice.contest.Pair;
import io.sluice.contest.Rules;
import io.sluice.contest.Score;
import io.sluice.forecast.ForecastPlan;
import io.sluice.weights.Release;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Brings the scores of all series together, keyed by model, and hands on each release that live events have brought to
 * another state. A round is closed by event time, one round after its end; what a person has decided stands.
 */
final class DecisionFunction extends KeyedBroadcastProcessFunction<String, Score, Shipment, Release>
    implements CheckpointedFunction {
  private static final MapStateDescriptor<String, Contest> CONTESTS =
      new MapStateDescriptor<>("contests", StringSerializer.INSTANCE, ContestSerializer.INSTANCE);

  private static final long serialVersionUID = 1;

  private final ForecastPlan plan;
  private final Rules rules;

  private transient MapState<String, Contest> contests;
  private transient Shelf shelf;
  private transient ContestMetrics metrics;

  DecisionFunction(ForecastPlan plan, Rules rules) {
    this.plan = plan;
    this.rules = rules;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    shelf = new Shelf(plan, rules);
    shelf.restore(context.getOperatorStateStore());
  }

  @Override
  public void open(OpenContext context) {
    contests = getRuntimeContext().getMapState(CONTESTS);
    metrics = new ContestMetrics(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(Score score, ReadOnlyContext context, Collector<Release> out)
      throws Exception {
    Contest known = contests.get(name(score.pair()));
    Contest contest = known == null ? new Contest(score.pair()) : known;
    contest.hear(score);
    contests.put(name(score.pair()), contest);
    context.timerService().registerEventTimeTimer(rules.over(score.round()));
  }

  @Override
  public void processBroadcastElement(Shipment shipment, Context context, Collector<Release> out)
      throws Exception {
    if (shipment instanceof Shipment.Delivered delivered && shelf.put(delivered.release())) {
      shelf.store(context.getBroadcastState(Shelf.RELEASES));
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<Release> out) throws Exception {
    List<Contest> all = new ArrayList<>();
    contests.values().forEach(all::add);
    for (Contest contest : all) {
      settle(contest, time, context.getCurrentKey(), out);
      if (rules.over(contest.last()) + rules.watch().toMillis() <= time) {
        contests.remove(name(contest.pair()));
      } else {
        contests.put(name(contest.pair()), contest);
      }
    }
    all.stream()
        .max(Comparator.comparingLong(Contest::last))
        .ifPresent(last -> metrics.show(context.getCurrentKey(), last));
  }

  /** While the release that it is about has not come here yet, its rounds wait. */
  private void settle(Contest contest, long time, String model, Collector<Release> out) {
    Optional<Release> newer = shelf.release(model, contest.pair().newer());
    if (newer.isEmpty()) {
      return;
    }
    boolean expired = rules.expired(newer.get(), time);
    if (contest.close(rules.lastOver(time)) || expired && contest.giveUp()) {
      contest.ruling(newer.get(), rules.next(rules.round(time))).ifPresent(out::collect);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {}

  private static String name(Pair pair) {
    return pair.champion() + "/" + pair.challenger();
  }
}
