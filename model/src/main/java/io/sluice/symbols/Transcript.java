package io.sluice.symbols;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The last symbols of a series, what all of them have taught, and what a network said would come next.
 *
 * <pre>
 *   last i16 × kept, the newest first, −1 where none │ spoke u8 │ network f32 × places, where it spoke
 *   Trust │ Rarity │ Chain
 * </pre>
 */
public final class Transcript {
  private static final float[] SILENT = {};

  private final short[] last;
  private final int places;
  private final Chain chain;
  private final Trust trust = new Trust();
  private final Rarity rarity = new Rarity();
  private float[] network = SILENT;

  /**
   * Of a series that has said nothing yet.
   *
   * @param kept last symbols
   */
  public Transcript(int places, int kept) {
    this.places = places;
    last = new short[Math.max(2, kept)];
    chain = new Chain(places);
    forget();
  }

  /** The symbol {@code ago} back, 0 being the last; {@code Symbols.MISSING} where none is known. */
  public int last(int ago) {
    return last[ago];
  }

  /** Fills in each place's chance to come next. */
  public void expect(double[] chances) {
    chain.expect(last[1], last[0], chances);
    for (int place = 0; place < network.length; place++) {
      chances[place] += trust.weight() * (network[place] - chances[place]);
    }
  }

  /** The same as the chain alone has them. */
  public void expectAlone(double[] chances) {
    chain.expect(last[1], last[0], chances);
  }

  /** Each place's chance to come next as the network has it; nothing where none spoke. */
  public float[] network() {
    return network.clone();
  }

  /**
   * Hears the next symbol, whatever was expected, and says how far it is out of the ordinary: as −log10 of the chance of
   * anything so improbable.
   *
   * @param chances as {@code expect} told them; scratch afterwards
   * @param top how many of the likeliest were named
   */
  public double hear(int place, double[] chances, int top) {
    double chance = 0;
    int likelier = 0;
    for (double other : chances) {
      chance += other <= chances[place] ? other : 0;
      likelier += other > chances[place] ? 1 : 0;
    }
    chance = Math.min(chance, 1);
    boolean within = likelier < top;
    double evidence = rarity.weigh(chance, within);
    chain.expect(last[1], last[0], chances);
    if (spoke()) {
      trust.learn(network[place], chances[place]);
    }
    chain.learn(last[1], last[0], place);
    System.arraycopy(last, 0, last, 1, last.length - 1);
    last[0] = (short) place;
    network = SILENT;
    return evidence;
  }

  /** What the network gives to each place to come next. */
  public void hears(float[] answer) {
    network = answer.clone();
  }

  /** The one that spoke answers no more. */
  public void hearsNobody() {
    network = SILENT;
  }

  /** Whether a network said what is to come next. */
  public boolean spoke() {
    return network.length > 0;
  }

  /** Share of the network in what is expected next. */
  public double trust() {
    return spoke() ? trust.weight() : 0;
  }

  /** Share of symbols that were among the likeliest few, NaN before the first. */
  public double covered() {
    return rarity.covered();
  }

  /** Symbols from which it knows what is rare. */
  public int known() {
    return rarity.known();
  }

  /** Drops what came last, after a gap; what it taught stays. */
  public void forget() {
    Arrays.fill(last, (short) Symbols.MISSING);
    network = SILENT;
  }

  public void write(DataOutput out) throws IOException {
    for (short symbol : last) {
      out.writeShort(symbol);
    }
    out.writeBoolean(spoke());
    for (float chance : network) {
      out.writeFloat(chance);
    }
    trust.write(out);
    rarity.write(out);
    chain.write(out);
  }

  public void read(DataInput in) throws IOException {
    for (int ago = 0; ago < last.length; ago++) {
      last[ago] = in.readShort();
      if (last[ago] < Symbols.MISSING || last[ago] >= places) {
        throw new IOException("a symbol %d of %d".formatted(last[ago], places));
      }
    }
    network = in.readBoolean() ? new float[places] : SILENT;
    for (int place = 0; place < network.length; place++) {
      network[place] = in.readFloat();
    }
    trust.read(in);
    rarity.read(in);
    chain.read(in);
  }
}
