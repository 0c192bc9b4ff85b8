package io.sluice.connectors.kafka;

import io.sluice.connectors.broker.EmbeddedBroker;

/** One broker for all tests of this JVM; each uses topics of its own. */
final class SharedBroker {
  private static final EmbeddedBroker BROKER = EmbeddedBroker.start();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(BROKER::close));
  }

  private SharedBroker() {}

  static EmbeddedBroker get() {
    return BROKER;
  }
}
