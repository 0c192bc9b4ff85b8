package io.sluice.retrain;

import io.sluice.training.Gate;
import io.sluice.training.Outer;
import io.sluice.weights.Edition;
import io.sluice.weights.Provenance;
import io.sluice.weights.Release;
import io.sluice.weights.Signature;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One round of learning as its coordinator sees it: what there is, where the subtasks meet, what comes of it. */
final class Round {
  private final Task task;
  private Harvest harvest;
  private Outer outer;
  private int meetings;

  Round(Task task) {
    this.task = task;
  }

  void begin(List<Harvest> harvests) {
    harvest = Harvest.total(harvests);
    outer = new Outer(task.start());
    meetings = 0;
  }

  boolean worthwhile() {
    return harvest.windows() > 0;
  }

  byte[] weights() {
    return Task.bytes(outer.weights());
  }

  void meet(List<Message.Learnt> all) {
    outer.step(
        all.stream()
            .map(one -> new Outer.Arrived(task.weights(one.weights()), one.windows()))
            .toList());
    meetings++;
  }

  boolean goesOn() {
    return meetings < task.settings().meetings();
  }

  int meetings() {
    return meetings;
  }

  /** The release that this round comes to: promoted, or a candidate that says why not. */
  Release decide(List<Gate.Score> scores) {
    Gate.Score score = Gate.Score.mean(scores);
    Gate.Decision decision = new Gate(task.settings().margin()).decide(score);
    Release candidate = candidate(decision, score);
    return decision.promoted()
        ? candidate.promoted(harvest.to() + task.settings().ahead().toMillis(), decision.reason())
        : candidate;
  }

  private Release candidate(Gate.Decision decision, Gate.Score score) {
    Edition bare = Edition.candidate(task.model(), task.version());
    return new Release(
        new Edition(
            bare.model(), bare.version(), bare.state(), bare.activeFrom(), decision.reason()),
        outer.weights(),
        new Signature(
            task.plan().inputs(),
            harvest.variables(task.plan().variables()),
            task.plan().horizon(),
            task.plan().timing().zone()),
        provenance(score));
  }

  private Provenance provenance(Gate.Score score) {
    Map<String, Double> losses = new TreeMap<>();
    losses.put("on later readings", score.candidate());
    losses.put("on later readings, of the version before", score.champion());
    losses.put("on later readings, of the last value", score.naive());
    losses.values().removeIf(loss -> !Double.isFinite(loss));
    return new Provenance(
        harvest.from(),
        harvest.to(),
        harvest.windows(),
        task.settings().toString(),
        task.settings().seed(),
        losses,
        task.parent());
  }
}
