package io.sluice.retrain;

import io.sluice.retrain.Message.Decided;
import io.sluice.retrain.Message.Judge;
import io.sluice.retrain.Message.Judged;
import io.sluice.retrain.Message.Learn;
import io.sluice.retrain.Message.Learnt;
import io.sluice.retrain.Message.Ready;
import io.sluice.training.Progress;
import io.sluice.weights.Release;
import io.sluice.weights.Weights;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One subtask's part in a round, from its beginning to its end. Runs in a thread of its own. */
final class Sitting {
  /** Series whose readings are fetched at once: some milliseconds of the task's time, then it reads on. */
  private static final int SLICE = 16;

  private final Syllabus syllabus;
  private final Order order;
  private final Histories histories;
  private final Conversation coordinator;

  /** The histories of this subtask, for who is not in its mailbox. */
  interface Histories {
    /** In order. */
    List<String> series() throws Exception;

    Map<String, Heard> until(long cut, List<String> series) throws Exception;
  }

  Sitting(Syllabus syllabus, Order order, Histories histories, Conversation coordinator) {
    this.syllabus = syllabus;
    this.order = order;
    this.histories = histories;
    this.coordinator = coordinator;
  }

  /** The release that the round came to, in its own bytes; empty for none. */
  byte[] hold(Line line, Line general) throws Exception {
    Lesson lesson = lesson();
    Message answer = coordinator.ask(new Ready(lesson.harvest(), line, general));
    while (!(answer instanceof Decided)) {
      answer = coordinator.ask(done(answer, lesson));
    }
    return ((Decided) answer).release();
  }

  private Lesson lesson() throws Exception {
    Lesson made = new Lesson(syllabus);
    List<String> series =
        histories.series().stream().filter(one -> syllabus.concerns(order.model(), one)).toList();
    for (int from = 0; from < series.size(); from += SLICE) {
      List<String> slice = series.subList(from, Math.min(series.size(), from + SLICE));
      histories.until(order.cut(), slice).forEach(made::hear);
    }
    return made;
  }

  private Message done(Message asked, Lesson lesson) throws InterruptedException {
    if (asked instanceof Learn learn) {
      return lesson
          .learn(
              syllabus.weights(learn.weights()),
              syllabus.course(learn.meeting(), learn.places()),
              Progress.SILENT)
          .map(arrived -> new Learnt(Syllabus.bytes(arrived.weights()), arrived.windows()))
          .orElse(new Learnt(new byte[0], 0));
    }
    Judge judge = (Judge) asked;
    Optional<Weights> champion =
        Optional.of(judge.champion())
            .filter(bytes -> bytes.length > 0)
            .map(Line::read)
            .map(Release::weights);
    return new Judged(lesson.judge(syllabus.weights(judge.weights()), champion));
  }
}
