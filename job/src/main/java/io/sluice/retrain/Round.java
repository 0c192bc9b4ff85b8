package io.sluice.retrain;

import io.sluice.contest.Rules;
import io.sluice.training.Gate;
import io.sluice.training.Outer;
import io.sluice.weights.Edition;
import io.sluice.weights.Provenance;
import io.sluice.weights.Release;
import io.sluice.weights.Signature;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One round of learning as its coordinator sees it: what there is, where the subtasks meet, what comes of it. */
final class Round {
  private final Syllabus syllabus;
  private final Order order;
  private final Harvest harvest;
  private final Reign reign;
  private final long parent;
  private final boolean overtaken;
  private final Optional<Long> onTrial;
  private final Outer outer;
  private final int places;
  private int meetings;

  /** @param published whatever there is, of any model */
  Round(Syllabus syllabus, Order order, List<Message.Ready> all, List<Release> published) {
    this.syllabus = syllabus;
    this.order = order;
    harvest = Harvest.total(all.stream().map(Message.Ready::harvest).toList());
    places = (int) all.stream().filter(one -> one.harvest().windows() > 0).count();
    reign = Reign.of(syllabus, order.model(), all.get(0), published);
    Optional<Release> warm =
        reign
            .champion()
            .filter(one -> !order.fresh())
            .filter(one -> one.architecture().equals(syllabus.architecture()));
    parent = warm.filter(one -> one.model().equals(order.model())).map(Release::version).orElse(0L);
    overtaken = warm.filter(one -> one.provenance().to() > order.cut()).isPresent();
    onTrial = onTrial(published);
    outer = new Outer(warm.map(Release::weights).orElseGet(syllabus::fromScratch));
  }

  Syllabus syllabus() {
    return syllabus;
  }

  /** Whether what it would begin from has learnt from later readings than this round may. */
  boolean overtaken() {
    return overtaken;
  }

  boolean worthwhile() {
    return harvest.windows() > 0;
  }

  /** What there is to learn from. */
  String task() {
    return String.format(
        Locale.ROOT,
        "learns from %,d windows of %,d series, up to %s",
        harvest.windows(),
        harvest.series(),
        Instant.ofEpochMilli(harvest.to()));
  }

  /** How much of it is done. */
  String howFar() {
    return "meeting %d of %d".formatted(meetings, allMeetings());
  }

  private int allMeetings() {
    return syllabus.settings().learning().meetings(places);
  }

  /** What all are to do until the next meeting. */
  Message.Learn learn() {
    return new Message.Learn(meetings + 1, places, weights());
  }

  byte[] weights() {
    return Syllabus.bytes(outer.weights());
  }

  byte[] champion() {
    return reign.champion().map(Release::bytes).orElse(new byte[0]);
  }

  /** The release of a round that has nothing to learn from, in its own bytes; empty for none. */
  byte[] idle() {
    return reign
        .inherited(order.model(), "its series have nothing to learn from yet")
        .map(Release::bytes)
        .orElse(new byte[0]);
  }

  /** Goes on to where all came together; false, and stays, where that is nowhere. */
  boolean meet(List<Message.Learnt> all) {
    meetings++;
    if (all.stream().anyMatch(one -> one.weights().length == 0)) {
      return false;
    }
    try {
      outer.step(
          all.stream()
              .map(one -> new Outer.Arrived(syllabus.weights(one.weights()), one.windows()))
              .toList());
      return true;
    } catch (IllegalArgumentException notFinite) {
      return false;
    }
  }

  /** What there was before learning came to weights that are no numbers. */
  Release giveUp() {
    String reason =
        "before meeting %d its weights were no numbers any more; these are those before that"
            .formatted(meetings);
    return candidate(
        new Gate.Decision(false, reason), new Gate.Score(Double.NaN, Double.NaN, Double.NaN, 0));
  }

  boolean goesOn() {
    return meetings < allMeetings();
  }

  /** The release that this round comes to: promoted, or a candidate that says why not. */
  Release decide(List<Gate.Score> scores) {
    Gate.Score score = Gate.Score.mean(scores);
    Gate gate = new Gate(syllabus.settings().promotion().margin(), syllabus.naive());
    Gate.Decision decision = gate.decide(outer.weights(), scores);
    Optional<Release> inherited =
        decision.promoted()
            ? Optional.empty()
            : reign.inherited(order.model(), "its own are " + decision.reason());
    if (inherited.isPresent()) {
      return inherited.get();
    }
    if (decision.promoted() && leftToLiveEvents()) {
      return candidate(new Gate.Decision(false, notMeasured()), score);
    }
    Release candidate = candidate(decision, score);
    long ahead = syllabus.settings().promotion().ahead().toMillis();
    return decision.promoted()
        ? candidate.promoted(harvest.to() + ahead, decision.reason())
        : candidate;
  }

  /** Only beside a model that answers can another be measured. */
  private boolean leftToLiveEvents() {
    return syllabus.groups().contest().candidates() && reign.own().isPresent();
  }

  /** Why live events are not asked about this one; empty where they are. */
  private String notMeasured() {
    return onTrial
        .map("not measured: live events have not decided on version %d yet"::formatted)
        .orElse("");
  }

  /** The version that they may still promote. */
  private Optional<Long> onTrial(List<Release> published) {
    Rules rules = syllabus.groups().contest();
    long champion = reign.own().map(Release::version).orElse(0L);
    return published.stream()
        .filter(one -> one.model().equals(order.model()) && one.version() > champion)
        .filter(one -> one.provenance().windows() > 0 && rules.open(one, harvest.to()))
        .map(Release::version)
        .findFirst();
  }

  private Release candidate(Gate.Decision decision, Gate.Score score) {
    Edition bare = Edition.candidate(order.model(), reign.version());
    return new Release(
        new Edition(
            bare.model(), bare.version(), bare.state(), bare.activeFrom(), decision.reason()),
        outer.weights(),
        new Signature(
            syllabus.plan().inputs(),
            harvest.variables(syllabus.plan().variables()),
            syllabus.plan().horizon(),
            syllabus.plan().timing().zone()),
        provenance(score));
  }

  private Provenance provenance(Gate.Score score) {
    Map<String, Double> losses = new TreeMap<>();
    losses.put("on later readings", score.candidate());
    losses.put("on later readings, of the version before", score.champion());
    losses.put("on later readings, of " + syllabus.naive(), score.naive());
    losses.values().removeIf(loss -> !Double.isFinite(loss));
    return new Provenance(
        harvest.from(),
        harvest.to(),
        harvest.windows(),
        syllabus.settings().plan(),
        syllabus.settings().learning().seed(),
        losses,
        parent);
  }
}
