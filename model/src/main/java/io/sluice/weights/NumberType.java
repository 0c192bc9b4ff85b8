package io.sluice.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** How files store numbers, and how they become floats: without loss, or rounded to the nearest where they were doubles. */
enum NumberType {
  F64("F64", "f8", 8, ByteBuffer::getDouble),
  F32("F32", "f4", 4, ByteBuffer::getFloat),
  F16("F16", "f2", 2, in -> half(in.getShort())),
  BF16("BF16", "", 2, in -> Float.intBitsToFloat(in.getShort() << 16)),
  I64("I64", "i8", 8, ByteBuffer::getLong),
  I32("I32", "i4", 4, ByteBuffer::getInt),
  I16("I16", "i2", 2, ByteBuffer::getShort),
  I8("I8", "i1", 1, ByteBuffer::get),
  U8("U8", "u1", 1, in -> in.get() & 0xFF),
  BOOL("BOOL", "b1", 1, in -> in.get() == 0 ? 0 : 1);

  /** Up to here every whole number is a float. */
  private static final double LARGEST_WHOLE = 1 << 24;

  private final String safeTensors;
  private final String numpy;
  private final int bytes;
  private final ToDoubleFunction<ByteBuffer> next;

  NumberType(String safeTensors, String numpy, int bytes, ToDoubleFunction<ByteBuffer> next) {
    this.safeTensors = safeTensors;
    this.numpy = numpy;
    this.bytes = bytes;
    this.next = next;
  }

  static NumberType ofSafeTensors(String source, String name) throws RefusedException {
    for (NumberType type : values()) {
      if (type.safeTensors.equals(name)) {
        return type;
      }
    }
    throw new RefusedException(
        source, "dtype \"%.80s\", expected one of %s".formatted(name, Arrays.toString(values())));
  }

  /** @param name as numpy has it, without the byte order in front */
  static NumberType ofNumpy(String source, String name) throws RefusedException {
    for (NumberType type : values()) {
      if (!name.isEmpty() && type.numpy.equals(name)) {
        return type;
      }
    }
    throw new RefusedException(
        source, "dtype \"%.80s\" is not one of the plain numbers that are read".formatted(name));
  }

  /** The tensor that fills {@code in} to its end. */
  Tensor read(String source, int[] shape, ByteBuffer in) throws RefusedException {
    long expected = bytes * Tensor.floats(shape);
    if (expected != in.remaining()) {
      throw new RefusedException(
          source,
          "shape %s of %s takes %d bytes, %d are there"
              .formatted(Arrays.toString(shape), this, expected, in.remaining()));
    }
    float[] data = new float[in.remaining() / bytes];
    for (int i = 0; i < data.length; i++) {
      data[i] = toFloat(source, next.applyAsDouble(in));
    }
    return new Tensor(shape, data);
  }

  private float toFloat(String source, double value) throws RefusedException {
    boolean whole = this == I64 || this == I32;
    if (whole && Math.abs(value) > LARGEST_WHOLE
        || Float.isInfinite((float) value) && !Double.isInfinite(value)) {
      throw new RefusedException(source, "holds %s, which no float does".formatted(value));
    }
    return (float) value;
  }

  /** IEEE binary16: 1 bit sign, 5 bits exponent, 10 bits fraction. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    float sign = bits < 0 ? -1 : 1;
    if (exponent == 0x1F) {
      return fraction == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
    }
    float significand = exponent == 0 ? fraction : fraction + 0x400;
    return sign * Math.scalb(significand, Math.max(exponent, 1) - 25);
  }
}
