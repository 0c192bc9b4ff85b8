package io.sluice.symbols;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What followed what: a Markov model of order 2 that falls back to orders 1 and 0 as far as it has not seen enough, and in
 * the end to all symbols alike (Witten and Bell 1991).
 *
 * <p>A count that overflows halves those of its context, so the chain forgets; one table too full halves all counts and
 * drops those that vanish.
 *
 * <pre>
 *   size u16 │ (key i32 │ count u16) × size, keys ascending
 *   key = (before · base + last) · base + next, base = places + 1; before and last from 1 on, 0 for any
 * </pre>
 */
public final class Chain {
  /** Counts kept: 12 KB at most. */
  static final int MOST = 2048;

  private static final int FULL = 1023;

  /** The chance of a symbol without a name, before any was heard. */
  private static final double UNHEARD_OF = 1e-3;

  private final int places;
  private final int base;
  private int[] keys = new int[16];
  private int[] counts = new int[16];
  private int size;

  /** Of so many symbols, the one kept for all others being the last. */
  public Chain(int places) {
    this.places = places;
    base = places + 1;
  }

  /** Fills in each place's chance to come after those two, either of which may be missing. */
  public void expect(int before, int last, double[] chances) {
    Arrays.fill(chances, (1 - UNHEARD_OF) / (places - 1));
    chances[places - 1] = UNHEARD_OF;
    blend(0, chances);
    if (last >= 0) {
      blend(last + 1, chances);
    }
    if (last >= 0 && before >= 0) {
      blend((before + 1) * base + last + 1, chances);
    }
  }

  /** The chances within a context, which keep as many parts of those without it as different symbols came there. */
  private void blend(int context, double[] chances) {
    int from = find(context * base);
    int to = from;
    int total = 0;
    for (; to < size && keys[to] < (context + 1) * base; to++) {
      total += counts[to];
    }
    int kinds = to - from;
    if (kinds == 0) {
      return;
    }
    for (int place = 0; place < places; place++) {
      chances[place] = chances[place] * kinds / (total + kinds);
    }
    for (int i = from; i < to; i++) {
      chances[keys[i] - context * base] += (double) counts[i] / (total + kinds);
    }
  }

  public void learn(int before, int last, int next) {
    add(next);
    if (last >= 0) {
      add((last + 1) * base + next);
    }
    if (last >= 0 && before >= 0) {
      add(((before + 1) * base + last + 1) * base + next);
    }
  }

  private void add(int key) {
    int at = find(key);
    if (at == size || keys[at] != key) {
      while (size == MOST) {
        halve(0, Integer.MAX_VALUE);
      }
      at = insert(key);
    }
    counts[at]++;
    if (counts[at] > FULL) {
      int context = key / base;
      halve(context * base, (context + 1) * base);
    }
  }

  private int insert(int key) {
    int at = find(key);
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
    }
    System.arraycopy(keys, at, keys, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    keys[at] = key;
    counts[at] = 0;
    size++;
    return at;
  }

  private void halve(int from, int to) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      int count = keys[i] >= from && keys[i] < to ? counts[i] / 2 : counts[i];
      if (count > 0) {
        keys[kept] = keys[i];
        counts[kept++] = count;
      }
    }
    size = kept;
  }

  /** Where the key is, or belongs. */
  private int find(int key) {
    int at = Arrays.binarySearch(keys, 0, size, key);
    return at < 0 ? -at - 1 : at;
  }

  void write(DataOutput out) throws IOException {
    out.writeShort(size);
    for (int i = 0; i < size; i++) {
      out.writeInt(keys[i]);
      out.writeShort(counts[i]);
    }
  }

  void read(DataInput in) throws IOException {
    size = in.readUnsignedShort();
    if (size > MOST) {
      throw new IOException("a chain of %d counts, at most %d are kept".formatted(size, MOST));
    }
    keys = new int[Math.max(16, size)];
    counts = new int[keys.length];
    for (int i = 0; i < size; i++) {
      keys[i] = in.readInt();
      counts[i] = in.readUnsignedShort();
      int least = i == 0 ? 0 : keys[i - 1] + 1;
      if (keys[i] < least || keys[i] / base / base > places || keys[i] % base == places) {
        throw new IOException("a chain of %d places with the key %d".formatted(places, keys[i]));
      }
    }
  }
}
