package io.sluice.training;

import java.util.List;

/** Windows of one length. A window may be cut only when asked for, so that overlapping ones need no copies. */
public interface Windows {
  Windows NONE = of(1, List.of());

  int count();

  /** How many steps each has. */
  int steps();

  Window window(int index);

  /** The windows of one epoch, the first being 1: as many, but perhaps cut elsewhere. */
  default Windows epoch(int number) {
    return this;
  }

  static Windows of(int steps, List<Window> windows) {
    return new Windows() {
      @Override
      public int count() {
        return windows.size();
      }

      @Override
      public int steps() {
        return steps;
      }

      @Override
      public Window window(int index) {
        return windows.get(index);
      }
    };
  }
}
