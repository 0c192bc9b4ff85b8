package io.sluice.retrain;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.runtime.operators.coordination.CoordinatorStore;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.runtime.source.event.ReportedWatermarkEvent;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.transformations.SourceTransformation;

/**
 * Lets readings wait at their source while rounds are behind. On their way they would hold barriers up; there they wait for
 * the broker's disk alone.
 *
 * <p>Flink holds a source back that is too far ahead of another in event time. The source of asks knows no time, so its
 * coordinator can be told any: the end of time, and nobody is ahead; its beginning, and everybody is.
 */
public final class Inflow {
  private static final String GROUP = "inflow";
  private static final String PACEMAKER = "inflow-pacemaker";

  /** Further than any two readings lie apart, so that partitions never wait for each other. */
  private static final Duration APART = Duration.ofMillis(Long.MAX_VALUE / 2);

  /** At which Flink looks; what is read in so long, or twice that, comes on top of what rounds are behind with. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** The very first moment is Flink's word for none. */
  private static final long BEGINNING = Long.MIN_VALUE + 1;

  private final CoordinatorStore coordinators;

  /** From a subtask to its coordinator. */
  record Behind(boolean now) implements OperatorEvent {
    private static final long serialVersionUID = 1;
  }

  Inflow(CoordinatorStore coordinators) {
    this.coordinators = coordinators;
  }

  /** Of a source that waits, or of the pacemaker. */
  public static <T> WatermarkStrategy<T> paced(WatermarkStrategy<T> strategy) {
    return strategy.withWatermarkAlignment(GROUP, APART, LOOK);
  }

  /** @param source one without event time, of parallelism 1 */
  public static void setPacemaker(DataStreamSource<?> source) {
    ((SourceTransformation<?, ?, ?>) source.getTransformation())
        .setCoordinatorListeningID(PACEMAKER);
  }

  /** Where there is no pacemaker, readings come as they do. */
  void hold(boolean wait) {
    if (coordinators.get(PACEMAKER) instanceof OperatorCoordinator pacemaker) {
      tell(pacemaker, new ReportedWatermarkEvent(wait ? BEGINNING : Long.MAX_VALUE));
    }
  }

  private static void tell(OperatorCoordinator pacemaker, OperatorEvent event) {
    try {
      pacemaker.handleEventFromOperator(0, 0, event);
    } catch (Exception impossible) {
      throw new IllegalStateException("a source's coordinator does not listen", impossible);
    }
  }
}
