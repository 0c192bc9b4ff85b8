package io.sluice.retrain;

import io.sluice.connectors.Arrival;
import io.sluice.forecast.Reading;
import io.sluice.retrain.Message.Decided;
import io.sluice.retrain.Message.Judge;
import io.sluice.retrain.Message.Judged;
import io.sluice.retrain.Message.Learn;
import io.sluice.retrain.Message.Learnt;
import io.sluice.retrain.Message.Ready;
import io.sluice.training.Outer;
import io.sluice.weights.Part;
import io.sluice.weights.Release;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.runtime.operators.coordination.OperatorEventGateway;
import org.apache.flink.runtime.operators.coordination.OperatorEventHandler;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;

/**
 * Keeps the history of each series, and when the readings end learns from it what its coordinator asks for.
 *
 * <p>It learns in a thread of its own: the task's mailbox stays open, so the coordinator is heard.
 */
final class RetrainOperator extends AbstractStreamOperator<Part>
    implements OneInputStreamOperator<Arrival, Part>, BoundedOneInput, OperatorEventHandler {
  private static final long serialVersionUID = 1;

  private final Task task;
  private final int partBytes;
  private final transient OperatorEventGateway coordinator;

  private transient History history;
  private transient Lesson lesson;
  private transient MailboxExecutor mailbox;
  private transient ExecutorService thread;
  private transient boolean decided;

  RetrainOperator(
      StreamOperatorParameters<Part> parameters,
      Task task,
      int partBytes,
      OperatorEventGateway coordinator) {
    super(parameters);
    this.task = task;
    this.partBytes = partBytes;
    this.coordinator = coordinator;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    history = new History(context.getKeyedStateStore(), task.settings().history());
  }

  @Override
  public void open() throws Exception {
    super.open();
    // what the coordinator says comes with the lowest priority, and yielding must not pass it over
    mailbox =
        getContainingTask().getMailboxExecutorFactory().createExecutor(TaskMailbox.MIN_PRIORITY);
    thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread made = new Thread(work, "retraining");
              made.setDaemon(true);
              return made;
            });
  }

  @Override
  public void processElement(StreamRecord<Arrival> element) throws Exception {
    if (element.getValue() instanceof Arrival.Decoded decoded && counts(decoded.reading())) {
      history.add(decoded.reading());
    }
  }

  /** A reading after the cut, of another model's series or from a clock that runs ahead does not. */
  private boolean counts(Reading reading) {
    long ahead = reading.time() - reading.arrived();
    return reading.time() <= task.cut()
        && ahead <= task.plan().timing().maxSkew().toMillis()
        && task.concerns(reading.series());
  }

  @Override
  public void endInput() throws Exception {
    lesson = lesson();
    coordinator.sendEventToCoordinator(new Ready(lesson.harvest()));
    while (!decided) {
      mailbox.yield();
    }
  }

  private Lesson lesson() throws Exception {
    Lesson made = new Lesson(task);
    try (Stream<String> series = keys()) {
      for (String one : (Iterable<String>) series.sorted()::iterator) {
        setCurrentKey(one);
        made.hear(one, history.until(one, task.cut()));
      }
    }
    return made;
  }

  private Stream<String> keys() {
    return this.<String>getKeyedStateBackend().getKeys(History.EXTENT, VoidNamespace.INSTANCE);
  }

  @Override
  public void handleOperatorEvent(OperatorEvent event) {
    if (event instanceof Learn learn) {
      beside(() -> learnt(learn));
    } else if (event instanceof Judge judge) {
      beside(() -> new Judged(lesson.judge(task.weights(judge.weights()))));
    } else if (event instanceof Decided decision) {
      publish(decision.release());
      decided = true;
    }
  }

  private Learnt learnt(Learn learn) throws InterruptedException {
    Outer.Arrived arrived = lesson.learn(task.weights(learn.weights()), learn.meeting());
    return new Learnt(Task.bytes(arrived.weights()), arrived.windows());
  }

  /** Works beside the mailbox and answers through it. */
  private void beside(Callable<Message> work) {
    thread.execute(
        () -> {
          try {
            Message answer = work.call();
            mailbox.execute(() -> coordinator.sendEventToCoordinator(answer), "retraining answers");
          } catch (Throwable failure) {
            mailbox.execute(
                () -> {
                  throw new IllegalStateException("retraining failed: " + failure, failure);
                },
                "retraining failed");
          }
        });
  }

  private void publish(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    try {
      Release release = Release.read("the coordinator's release", bytes);
      Part.split(release, partBytes).forEach(part -> output.collect(new StreamRecord<>(part)));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @Override
  public void close() throws Exception {
    if (thread != null) {
      thread.shutdownNow();
    }
    super.close();
  }
}
