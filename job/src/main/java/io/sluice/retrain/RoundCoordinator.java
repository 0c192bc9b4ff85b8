package io.sluice.retrain;

import io.sluice.retrain.Call.At;
import io.sluice.retrain.Message.Decided;
import io.sluice.retrain.Message.Judge;
import io.sluice.retrain.Message.Judged;
import io.sluice.retrain.Message.Learnt;
import io.sluice.retrain.Message.Patience;
import io.sluice.retrain.Message.Ready;
import io.sluice.weights.Edition;
import io.sluice.weights.Release;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationRequestHandler;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until all subtasks have asked at the same place, and tells all of them the same: what comes next.
 *
 * <p>It keeps nothing: when a subtask dies the round is held again from its beginning, and comes to the same weights. What
 * must outlive a round the subtasks keep, and say at the beginning of the next. In the JobMaster; all in one lock, for the
 * library is asked in a thread of its own.
 */
final class RoundCoordinator implements OperatorCoordinator, CoordinationRequestHandler {
  private static final Logger LOG = LoggerFactory.getLogger(RoundCoordinator.class);
  private static final byte[] NOTHING = {};
  private static final int NOT_RUNNING = -1;

  /** Seconds, well under the time-out of Flink's calls: who has waited so long asks again. */
  private static final long PATIENCE = 2;

  /** Nanoseconds after which a round says again how far it is. */
  private static final long TELLING = TimeUnit.SECONDS.toNanos(10);

  private final Syllabus syllabus;
  private final Library library;
  private final Consumer<Boolean> inflow;
  private final int[] attempts;
  private final TreeSet<Integer> behind = new TreeSet<>();
  private boolean held;
  private final ExecutorService librarian =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, "weights-library");
            // Kafka looks its classes up there, and on a cluster the JobMaster's own knows none
            made.setContextClassLoader(RoundCoordinator.class.getClassLoader());
            made.setDaemon(true);
            return made;
          });
  private Meeting meeting = Meeting.none();

  /** Who lost patience as it was answered asks once more, when others may have gone on. */
  private Meeting before = Meeting.none();

  private Round round;
  private long told;

  /** @param inflow is told whether readings are to wait */
  RoundCoordinator(Syllabus syllabus, Library library, int parallelism, Consumer<Boolean> inflow) {
    this.syllabus = syllabus;
    this.library = library;
    this.inflow = inflow;
    attempts = new int[parallelism];
    Arrays.fill(attempts, NOT_RUNNING);
  }

  /** Who has asked at one place, by subtask, and what they are told once it is known. */
  private static final class Meeting {
    private final At at;
    private final TreeMap<Integer, Message> said = new TreeMap<>();
    private final CompletableFuture<Message> answer = new CompletableFuture<>();

    Meeting(At at) {
      this.at = at;
    }

    static Meeting none() {
      return new Meeting(new At(new Order(Long.MIN_VALUE, ""), 0));
    }

    CompletableFuture<CoordinationResponse> told() {
      return answer
          .copy()
          .completeOnTimeout(new Patience(), PATIENCE, TimeUnit.SECONDS)
          .thenApply(Call::sealed);
    }
  }

  @Override
  public synchronized CompletableFuture<CoordinationResponse> handleCoordinationRequest(
      CoordinationRequest request) {
    Call call = (Call) request;
    if (attempts[call.subtask()] != call.attempt()) {
      return CompletableFuture.completedFuture(Call.sealed(new Patience()));
    }
    if (before.at.equals(call.at())) {
      return before.told();
    }
    if (!meeting.at.equals(call.at())) {
      if (!meeting.said.isEmpty() && !meeting.answer.isDone()) {
        return CompletableFuture.failedFuture(
            new IllegalStateException(
                "subtask %d is at %s, others are at %s"
                    .formatted(call.subtask(), call.at(), meeting.at)));
      }
      before = meeting;
      meeting = new Meeting(call.at());
    }
    boolean all = meeting.said.size() == attempts.length;
    meeting.said.put(call.subtask(), call.message());
    if (!all && meeting.said.size() == attempts.length) {
      answer(meeting);
    }
    return meeting.told();
  }

  private void answer(Meeting full) {
    if (full.said.get(0) instanceof Ready) {
      CompletableFuture.supplyAsync(library::releases, librarian)
          .whenComplete((releases, failure) -> begin(full, releases, failure));
      return;
    }
    try {
      full.answer.complete(next(full.said.values()));
    } catch (RuntimeException failure) {
      full.answer.completeExceptionally(failure);
    }
  }

  private synchronized void begin(Meeting full, List<Release> releases, Throwable failure) {
    if (failure != null) {
      full.answer.completeExceptionally(failure);
    } else if (full == meeting) {
      List<Ready> all = full.said.values().stream().map(Ready.class::cast).toList();
      round = new Round(syllabus, full.at.order(), all, releases);
      full.answer.complete(first(full.at.order()));
    }
  }

  private Message first(Order order) {
    if (round.overtaken()) {
      LOG.info(
          "the round of {} at {} is passed over: what answers has learnt from later readings",
          order.model(),
          Instant.ofEpochMilli(order.cut()));
      return new Decided(NOTHING);
    }
    if (!round.worthwhile()) {
      return new Decided(round.idle());
    }
    LOG.info("round of {}: {}", order.model(), round.task());
    told = System.nanoTime();
    return round.learn();
  }

  private Message next(Collection<Message> all) {
    if (all.iterator().next() instanceof Learnt) {
      if (!round.meet(all.stream().map(Learnt.class::cast).toList())) {
        return decided(round.giveUp());
      }
      tellHowFar();
      return round.goesOn() ? round.learn() : new Judge(round.weights(), round.champion());
    }
    return decided(
        round.decide(all.stream().flatMap(one -> ((Judged) one).scores().stream()).toList()));
  }

  private void tellHowFar() {
    if (System.nanoTime() - told > TELLING) {
      LOG.info("round of {}: {}", meeting.at.order().model(), round.howFar());
      told = System.nanoTime();
    }
  }

  private static Decided decided(Release release) {
    Edition edition = release.edition();
    LOG.info(
        "round of {}: version {}, {}: {}",
        edition.model(),
        edition.version(),
        edition.state().word(),
        edition.reason().isEmpty() ? "live events decide on it" : edition.reason());
    return new Decided(release.bytes());
  }

  @Override
  public void start() {}

  @Override
  public synchronized void handleEventFromOperator(int subtask, int attempt, OperatorEvent event) {
    if (attempts[subtask] != attempt) {
      return;
    }
    if (((Inflow.Behind) event).now()) {
      behind.add(subtask);
    } else {
      behind.remove(subtask);
    }
    boolean wait = !behind.isEmpty();
    if (wait != held) {
      held = wait;
      LOG.info(
          wait
              ? "readings wait: rounds are behind with them, for a past is long or they take longer than retrain.every"
              : "readings come: no round is behind with them");
    }
    inflow.accept(wait);
  }

  @Override
  public synchronized void executionAttemptReady(int subtask, int attempt, SubtaskGateway gateway) {
    attempts[subtask] = attempt;
  }

  @Override
  public synchronized void executionAttemptFailed(int subtask, int attempt, Throwable reason) {
    attempts[subtask] = NOT_RUNNING;
    behind.remove(subtask);
    beginAnew();
  }

  @Override
  public synchronized void subtaskReset(int subtask, long checkpoint) {
    attempts[subtask] = NOT_RUNNING;
    behind.remove(subtask);
    beginAnew();
  }

  @Override
  public void resetToCheckpoint(long checkpoint, byte[] bytes) {
    beginAnew();
  }

  private synchronized void beginAnew() {
    meeting = Meeting.none();
    before = Meeting.none();
  }

  @Override
  public void checkpointCoordinator(long checkpoint, CompletableFuture<byte[]> result) {
    result.complete(NOTHING);
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) {}

  @Override
  public void close() {
    librarian.shutdownNow();
  }
}
