package io.sluice.retrain;

import io.sluice.training.Gate;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/**
 * What subtasks and their coordinator say to each other in a round; weights go as safetensors.
 *
 * <pre>
 *   subtask      Ready ──►        ──► Learnt ──►  (again for each meeting)       ──► Judged ──►
 *   coordinator            Learn ──►           Learn ──►                  Judge ──►           Decided ──►
 * </pre>
 */
sealed interface Message extends OperatorEvent {

  /** A subtask has cut its windows. */
  record Ready(Harvest harvest) implements Message {}

  /** Learn from these weights on. */
  record Learn(int meeting, byte[] weights) implements Message {}

  /** Where a subtask came. */
  record Learnt(byte[] weights, long windows) implements Message {}

  /** Measure these weights on later readings. */
  record Judge(byte[] weights) implements Message {}

  record Judged(Gate.Score score) implements Message {}

  /**
   * The round is over.
   *
   * @param release that is to be published by who hears this, in its own bytes; empty for nothing
   */
  record Decided(byte[] release) implements Message {}
}
