package io.sluice;

import io.sluice.connectors.broker.EmbeddedBroker;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Puts a broker where a test class has a field for one: into a static field one for all of its tests, into any other one for
 * each test. It ends with them.
 */
public final class Broker implements BeforeAllCallback, BeforeEachCallback {
  @Override
  public void beforeAll(ExtensionContext context) throws IllegalAccessException {
    fill(context, null);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IllegalAccessException {
    fill(context, context.getRequiredTestInstance());
  }

  /** @param test null for the class */
  private static void fill(ExtensionContext context, Object test) throws IllegalAccessException {
    for (Field field : context.getRequiredTestClass().getDeclaredFields()) {
      boolean shared = Modifier.isStatic(field.getModifiers());
      if (field.getType() == EmbeddedBroker.class && shared == (test == null)) {
        field.setAccessible(true);
        field.set(test, broker(context));
      }
    }
  }

  /** JUnit closes what it keeps. */
  private static EmbeddedBroker broker(ExtensionContext context) {
    return context
        .getStore(Namespace.create(Broker.class))
        .getOrComputeIfAbsent(
            EmbeddedBroker.class, type -> EmbeddedBroker.start(), EmbeddedBroker.class);
  }
}
