package io.sluice.forecast;

import io.sluice.anomaly.Joint;
import io.sluice.anomaly.Vigil;
import io.sluice.anomaly.Wariness;
import io.sluice.anomaly.Watch;
import io.sluice.online.Experience;
import io.sluice.online.Faculty;
import io.sluice.online.Scales;
import io.sluice.symbols.Transcript;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * All that a series remembers between two readings. Moved by a {@code Forecaster} in place; written, read and written
 * again it gives the same bytes.
 *
 * <pre>
 *   version u8 = 3
 *   Shape        which plan, and the sizes of what follows
 *   Pace         when it was last heard
 *   Normaliser   where it lies and how far it spreads
 *   Stride       how far it usually goes
 *   Recent       its last values
 *   Context      its last inputs
 *   Outstanding  forecasts that wait for their reading
 *   Calibration  how wide intervals must be
 *   Encoding     h and c, and who formed them
 *   Experience   what each variable has taught the cheap forecasters
 *   Wariness     what makes readings of each variable surprising
 *   Watch        what each variable has been doing of late     since layout 2
 *   Joint        how the errors of all variables go together   since layout 2, where there are several
 *   Vigil        the episode under way                         since layout 2
 *   Vigil        the same of its clock                         since layout 3
 *   Transcript   what its symbols were and taught              where there are no variables
 * </pre>
 *
 * <p>Each part draws its own bytes; all are big-endian. For one thread at a time, but for {@link #write}.
 */
public final class Memory {
  private static final int VERSION = 3;

  private Shape shape;
  private Normaliser normaliser;
  private Stride stride;
  private Recent recent;
  private Context context;
  private Outstanding outstanding;
  private Calibration calibration;
  private Experience[] experiences;
  private Wariness[] wariness;
  private Watch[] watches;
  private Optional<Joint> joint;
  private Vigil vigil;
  private Vigil clock;
  private Optional<Transcript> transcript;
  private final Pace pace;
  private final Encoding encoding;

  /** Of one that was handed over, what it was. */
  private byte[] was;

  private Memory(Shape shape) {
    pace = new Pace();
    encoding = new Encoding();
    begin(shape);
  }

  private Memory(Memory before) {
    pace = before.pace;
    encoding = before.encoding;
    shape = before.shape;
    normaliser = before.normaliser;
    stride = before.stride;
    recent = before.recent;
    context = before.context;
    outstanding = before.outstanding;
    calibration = before.calibration;
    experiences = before.experiences;
    wariness = before.wariness;
    watches = before.watches;
    joint = before.joint;
    vigil = before.vigil;
    clock = before.clock;
    transcript = before.transcript;
  }

  /** Of a series never heard before. */
  public static Memory fresh(ForecastPlan plan) {
    return new Memory(Shape.of(plan));
  }

  /** Whether a reading was ever stepped. */
  public boolean begun() {
    return pace.begun();
  }

  /** Whether there is anything to remember: a memory without it need not be stored. */
  public boolean heard() {
    return begun() || clock.rung();
  }

  /** Of the last step, or, of a series whose clock was never right, by the log's clock; epoch milliseconds. */
  public long lastHeard() {
    return begun() ? time() : clock.end();
  }

  /** Whether that is the reading of the last step. */
  public boolean last(Reading reading) {
    return reading.time() == pace.time() && Door.print(reading) == pace.print();
  }

  /** Of the last step, epoch milliseconds. */
  public long time() {
    return pace.time();
  }

  /** Readings stepped so far. */
  public long readings() {
    return pace.readings();
  }

  /** Version of the weights that formed it, 0 while there are none. */
  public long version() {
    return encoding.version();
  }

  /**
   * What each cheap forecaster said of a lead after the last step: last value, seasonal, profile, least squares, that with
   * neighbours, network. Nothing without a history.
   */
  public double[] voices(int variable, int lead) {
    return experiences.length == 0 ? new double[0] : experiences[variable].voices(lead);
  }

  /** How much each of them counts, in the same order. */
  public double[] shares(int variable, int lead) {
    return experiences[variable].shares(lead);
  }

  /** Starts over for a plan whose parts have another shape or meaning; time alone goes on. */
  void begin(Shape newShape) {
    shape = newShape;
    normaliser = new Normaliser(shape);
    stride = new Stride(shape);
    recent = new Recent(shape);
    context = new Context(shape);
    outstanding = new Outstanding(shape);
    calibration = new Calibration(shape);
    experiences = new Experience[shape.history() == 0 ? 0 : shape.variables()];
    Arrays.setAll(experiences, variable -> Experience.fresh(shape.ensemble()));
    wariness = new Wariness[experiences.length];
    Arrays.setAll(wariness, variable -> new Wariness());
    watches = new Watch[shape.variables()];
    Arrays.setAll(watches, variable -> new Watch());
    boolean several = shape.variables() > 1 && shape.variables() <= Joint.MOST_VARIABLES;
    joint = several ? Optional.of(new Joint(shape.variables())) : Optional.empty();
    vigil = new Vigil();
    clock = new Vigil();
    transcript =
        shape.symbols() == 0
            ? Optional.empty()
            : Optional.of(new Transcript(shape.symbols(), shape.context()));
    encoding.forget();
    pace.forget();
  }

  /** Drops what hangs together in time, after a gap; what is known of the series as such stays. */
  void breakOff() {
    pace.forget();
    recent.forget();
    context.forget();
    outstanding.forget();
    encoding.forget();
    for (Experience experience : experiences) {
      experience.forgetWaiting();
    }
    transcript.ifPresent(Transcript::forget);
  }

  Shape shape() {
    return shape;
  }

  Pace pace() {
    return pace;
  }

  Normaliser normaliser() {
    return normaliser;
  }

  Stride stride() {
    return stride;
  }

  /** The unit in which a change of the variable within the lead is told. */
  double unit(int variable, int lead) {
    return stride.lead(variable, lead, normaliser);
  }

  Recent recent() {
    return recent;
  }

  Context context() {
    return context;
  }

  Outstanding outstanding() {
    return outstanding;
  }

  Calibration calibration() {
    return calibration;
  }

  Experience experience(int variable) {
    return experiences[variable];
  }

  /** Of all variables; none without a history. */
  Experience[] experiences() {
    return experiences;
  }

  Wariness wariness(int variable) {
    return wariness[variable];
  }

  Watch watch(int variable) {
    return watches[variable];
  }

  /** Empty where there is one variable, or too many. */
  Optional<Joint> joint() {
    return joint;
  }

  Vigil vigil() {
    return vigil;
  }

  /** Of how wrong its clock is, by the log's clock. */
  Vigil clock() {
    return clock;
  }

  Transcript transcript() {
    return transcript.get();
  }

  Encoding encoding() {
    return encoding;
  }

  /**
   * The memory in which the series goes on, once. This one stays what it is, as bytes: what a checkpoint has yet to write
   * costs no copy of all parts that outlives it. Another thread may be writing it meanwhile.
   */
  public synchronized Memory handOver() {
    was = bytes();
    return new Memory(this);
  }

  public synchronized boolean handedOver() {
    return was != null;
  }

  public synchronized void write(DataOutput out) throws IOException {
    if (was != null) {
      out.write(was);
      return;
    }
    out.writeByte(VERSION);
    shape.write(out);
    pace.write(out);
    normaliser.write(out);
    stride.write(out);
    recent.write(out);
    context.write(out);
    outstanding.write(out);
    calibration.write(out);
    encoding.write(out);
    for (Experience experience : experiences) {
      experience.write(out);
    }
    for (Wariness one : wariness) {
      one.write(out);
    }
    for (Watch watch : watches) {
      watch.write(out);
    }
    if (joint.isPresent()) {
      joint.get().write(out);
    }
    vigil.write(out);
    clock.write(out);
    if (transcript.isPresent()) {
      transcript.get().write(out);
    }
  }

  /** Reads exactly the bytes of one memory. */
  public static Memory read(DataInput in) throws IOException {
    return read(in.readUnsignedByte(), in);
  }

  /** Reads what follows the first byte, the layout's version. */
  public static Memory read(int version, DataInput in) throws IOException {
    if (version < 1 || version > VERSION) {
      throw new IOException(
          "a memory in layout %d; this program reads layouts 1 to %d".formatted(version, VERSION));
    }
    Memory memory = new Memory(Shape.read(in));
    memory.pace.read(in);
    memory.normaliser.read(in);
    memory.stride.read(in);
    memory.recent.read(in);
    memory.context.read(in);
    memory.outstanding.read(in, version);
    memory.calibration.read(in, version, memory);
    memory.encoding.read(in);
    for (int variable = 0; variable < memory.experiences.length; variable++) {
      memory.experiences[variable] = Experience.read(in, memory.shape.ensemble());
    }
    for (Wariness one : memory.wariness) {
      one.read(in, version);
    }
    if (version > 1) {
      memory.readSince2(in, version);
    }
    return memory;
  }

  private void readSince2(DataInput in, int version) throws IOException {
    for (Watch watch : watches) {
      watch.read(in, version);
    }
    if (joint.isPresent()) {
      joint.get().read(in, version);
    }
    vigil.read(in, version);
    if (version > 2) {
      clock.read(in, version);
    }
    if (transcript.isPresent()) {
      transcript.get().read(in);
    }
  }

  /** What each faculty keeps of the bytes; what is left of them is the rest's, as the context is while there is no network. */
  public void weigh(Scales scales) {
    for (Experience experience : experiences) {
      experience.weigh(scales);
    }
    if (encoding.print() != 0) {
      scales.weigh(Faculty.NETWORK, encoding::write);
      scales.weigh(Faculty.NETWORK, context::write);
    }
    scales.weigh(Faculty.INTERVALS, stride::write);
    scales.weigh(Faculty.INTERVALS, outstanding::write);
    scales.weigh(Faculty.INTERVALS, calibration::write);
    for (Wariness one : wariness) {
      scales.weigh(Faculty.VERDICTS, one::write);
    }
    for (Watch watch : watches) {
      scales.weigh(Faculty.VERDICTS, watch::write);
    }
    joint.ifPresent(all -> scales.weigh(Faculty.VERDICTS, all::write));
    scales.weigh(Faculty.VERDICTS, vigil::write);
    scales.weigh(Faculty.VERDICTS, clock::write);
  }

  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    try {
      write(new DataOutputStream(bytes));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** The memory that these bytes are, all of them. */
  public static Memory of(byte[] bytes) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    Memory memory = read(new DataInputStream(in));
    if (in.available() > 0) {
      throw new IOException("%d bytes too many after a memory".formatted(in.available()));
    }
    return memory;
  }
}
