package io.sluice.job;

import io.sluice.contest.Contest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.MetricGroup;

/** Of each model the contest that was heard of last, for threads that report metrics. */
final class ContestMetrics {
  private final MetricGroup group;
  private final Map<String, Standing> standings = new ConcurrentHashMap<>();

  ContestMetrics(MetricGroup parent) {
    group = parent.addGroup(ForecastMetrics.GROUP);
  }

  private record Standing(long challenger, double lead, double evidence, long series) {}

  void show(String model, Contest contest) {
    long challenger = contest.pair().challenger();
    Standing now = new Standing(challenger, contest.lead(), contest.evidence(), contest.series());
    if (standings.put(model, now) == null) {
      MetricGroup of = group.addGroup("model", model);
      of.gauge("challenger", () -> standings.get(model).challenger());
      of.gauge("challengerLead", () -> standings.get(model).lead());
      of.gauge("challengerEvidence", () -> standings.get(model).evidence());
      of.gauge("shadowSeries", () -> standings.get(model).series());
    }
  }
}
