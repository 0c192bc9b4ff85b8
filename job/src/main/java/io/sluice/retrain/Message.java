package io.sluice.retrain;

import io.sluice.training.Gate;
import java.io.Serializable;
import java.util.List;

/**
 * What subtasks and their coordinator say to each other in a round; weights go as safetensors. A subtask asks and is
 * answered when all have asked.
 *
 * <pre>
 *   subtask      Ready         Learnt   (again for each meeting)     Judged
 *   coordinator        ► Learn        ► Learn, in the end Judge           ► Decided
 * </pre>
 */
sealed interface Message extends Serializable {

  /**
   * A subtask has cut its windows.
   *
   * @param line what the job has made of the model so far
   * @param general what it has made of the model of all series
   */
  record Ready(Harvest harvest, Line line, Line general) implements Message {}

  /**
   * Learn from these weights on.
   *
   * @param places where there is something to learn from
   */
  record Learn(int meeting, int places, byte[] weights) implements Message {}

  /** Where a subtask came; no bytes where its weights are no numbers any more. */
  record Learnt(byte[] weights, long windows) implements Message {}

  /**
   * Measure these weights on later readings.
   *
   * @param champion the release that answers now, in its own bytes; empty for none
   */
  record Judge(byte[] weights, byte[] champion) implements Message {}

  /** One score for each series that can be measured. */
  record Judged(List<Gate.Score> scores) implements Message {}

  /**
   * The round is over.
   *
   * @param release that it came to, in its own bytes; empty for none
   */
  record Decided(byte[] release) implements Message {}

  /** Not all have asked yet: ask again. */
  record Patience() implements Message {}
}
