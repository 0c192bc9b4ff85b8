package io.sluice.anomaly;

import java.util.Arrays;

/**
 * The strongest reason to call one reading out of the ordinary, over its variables and all that is tested: what it would be
 * called, and −log10 of the chance that any of the tests says as much of an ordinary reading. Scratch, for one thread.
 */
public final class Suspicion {
  /** Evidence, one in a thousand, from which a reading is called by its kind. */
  public static final double ALARMING = 3;

  /** Of what needs no statistics. */
  public static final double CERTAIN = 100;

  private static final int TESTS = 4;

  private final double handicap;
  private final int patience;
  private final double[][] scratch;

  /** By variable and kind. */
  private final double[][] tests;

  private Kind kind = Kind.NORMAL;
  private double evidence;
  private double run = 1;
  private double nameless;
  private int side;
  private int variable;
  private int weighed;

  /**
   * Of readings of so many variables.
   *
   * @param patience readings after which a spike is told from a new level
   */
  public Suspicion(int variables, int patience) {
    handicap = StrictMath.log10(TESTS * variables);
    this.patience = patience;
    tests = new double[variables][Kind.values().length];
    int few = Math.min(variables, Joint.MOST_VARIABLES);
    scratch = new double[][] {new double[few], new double[few * (few + 1) / 2]};
  }

  /** Of the next reading. */
  public void clear() {
    kind = Kind.NORMAL;
    evidence = 0;
    run = 1;
    nameless = 0;
    for (double[] test : tests) {
      Arrays.fill(test, 0);
    }
    side = 0;
    variable = 0;
  }

  /** What follows is said of that variable. */
  public Suspicion of(int which) {
    weighed = which;
    return this;
  }

  /** Whatever the statistics say. */
  public void certain(Kind what) {
    keep(what, CERTAIN, 0);
  }

  /** What is left of the evidence of one test among all. */
  double among(double alone) {
    return alone - handicap;
  }

  /** A row as long as the variables, or one for half a square of them. */
  double[] scratch(int which) {
    return scratch[which];
  }

  int patience() {
    return patience;
  }

  /** That much evidence, on that side, for what it would be called; the strongest is kept. */
  public void keep(Kind what, double howMuch, int where) {
    keep(what, howMuch, where, 1);
  }

  /** The same of so many readings together. */
  void keep(Kind what, double howMuch, int where, double readings) {
    tests[weighed][what.ordinal()] = Math.max(tests[weighed][what.ordinal()], howMuch);
    if (howMuch > evidence) {
      run = readings;
      kind = what;
      evidence = howMuch;
      side = where;
      variable = weighed;
    }
  }

  /** Of that variable for that kind alone, 0 where there is none. */
  public double evidence(int which, Kind what) {
    return tests[which][what.ordinal()];
  }

  /** The share of the evidence that falls to each reading of the run that it is of; 0 where it is of no run. */
  public double share() {
    return run > 1 && evidence >= ALARMING ? evidence / run : 0;
  }

  /** Evidence of a surprise that has no name: it alerts nobody, but is not passed over without a reason. */
  public void wonder(double howMuch) {
    nameless = howMuch;
  }

  /** Whether there is nothing to say of the reading. */
  boolean ordinary() {
    return evidence < ALARMING && nameless < ALARMING;
  }

  public Kind kind() {
    return evidence < ALARMING ? Kind.NORMAL : kind;
  }

  public double evidence() {
    return evidence;
  }

  /** 1 above what was expected, −1 below, 0 for neither. */
  public int side() {
    return side;
  }

  /** The variable that is most suspicious. */
  public int variable() {
    return variable;
  }
}
