package io.sluice.connectors.kafka;

import io.sluice.connectors.wire.LongestRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A dry run against the brokers and the registry: what is there, and whether a job could run on it. Changes nothing. */
public final class BrokerCheck implements AutoCloseable {
  private static final String MAX_REQUEST = "max.request.size";
  private static final String LARGEST_REQUEST = "1048576";
  private static final String MAX_TRANSACTION = "transaction.max.timeout.ms";

  private final KafkaSettings kafka;
  private final Admin admin;
  private final List<Finding> findings = new ArrayList<>();

  private BrokerCheck(KafkaSettings kafka) {
    this.kafka = kafka;
    this.admin = Admin.create(kafka.asking());
  }

  /**
   * What the jobs read and write.
   *
   * @param feedback the topic on which people say what they think of alerts, empty for none
   */
  public record Ends(
      ReadingsSettings readings, RowsSettings rows, WeightsSettings weights, String feedback) {}

  /** Everything that there is to say, one line each. What retraining alone would lack is a warning. */
  public static List<Finding> run(KafkaSettings kafka, Ends ends) {
    try (BrokerCheck check = new BrokerCheck(kafka)) {
      check.clients(ends);
      if (check.reached()) {
        check.topics(ends);
        check
            .group(ends.readings().group())
            .map(why -> Finding.problem("%s", why))
            .ifPresent(check.findings::add);
        check.transactions(ends.rows().delivery());
        check.retraining(ends);
      }
      check.findings.addAll(RegistryCheck.run(ends.readings(), ends.rows()));
      return check.findings;
    } catch (IllegalStateException unset) {
      return List.of(Finding.problem("%s", unset.getMessage()));
    } catch (KafkaException | IllegalArgumentException refused) {
      return List.of(Finding.problem("kafka at %s: %s", kafka.bootstrap(), cause(refused)));
    }
  }

  /** Properties that are right one by one and do not go together are refused by the client that they are for. */
  private void clients(Ends ends) {
    Properties reading = kafka.client();
    reading.setProperty("enable.auto.commit", "false");
    try {
      new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer())
          .close();
      Sinks.producer(kafka, ends.rows().delivery()).close();
      new WeightsStore(kafka, ends.weights()).expect();
    } catch (KafkaException refused) {
      findings.add(Finding.problem("kafka.properties: %s", cause(refused)));
    }
  }

  private boolean reached() {
    try {
      int nodes = get(admin.describeCluster().nodes()).size();
      findings.add(Finding.fine("%s answers, %d brokers", kafka.bootstrap(), nodes));
      return true;
    } catch (ExecutionException away) {
      findings.add(
          Finding.problem(
              "%s does not answer: %s; is kafka.bootstrap right, and may this machine reach it?",
              kafka.bootstrap(), cause(away.getCause())));
      return false;
    }
  }

  private void topics(Ends ends) {
    RowsSettings.Topics topics = ends.rows().topics();
    WeightsSettings weights = ends.weights();
    hold(TopicDemand.read(ends.readings().topic()));
    if (!ends.feedback().isEmpty()) {
      hold(TopicDemand.read(ends.feedback()));
    }
    LongestRow longest = new LongestRow(ends.rows().wire(), ends.rows().labels());
    hold(TopicDemand.rows(topics.forecasts(), longest.forecast()));
    hold(TopicDemand.rows(topics.verdicts(), longest.verdict()));
    hold(TopicDemand.letters(topics.late()));
    hold(TopicDemand.letters(topics.deadLetters()));
    hold(TopicDemand.store(weights.topic(), weights.partBytes()));
    requests(Math.max(longest.forecast(), longest.verdict()));
  }

  /** Topics take what their settings say, and our producer sends what its own say. */
  private void requests(int row) {
    String limit = kafka.client().getProperty(MAX_REQUEST, LARGEST_REQUEST);
    if (Long.parseLong(limit) < row + TopicDemand.ENVELOPE) {
      findings.add(
          Finding.problem(
              "rows of up to %d bytes are more than the %s of %s bytes: set it in kafka.properties",
              row + TopicDemand.ENVELOPE, MAX_REQUEST, limit));
    }
  }

  private void hold(TopicDemand demand) {
    String topic = demand.topic();
    DescribeTopicsOptions withRights =
        new DescribeTopicsOptions().includeAuthorizedOperations(true);
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      TopicDescription there =
          get(admin.describeTopics(List.of(topic), withRights).allTopicNames()).get(topic);
      findings.addAll(demand.hold(there, config(resource)));
    } catch (ExecutionException failed) {
      findings.add(Finding.problem("topic \"%s\" %s", topic, said(failed.getCause())));
    }
  }

  /** Empty where we may not look. */
  private Config config(ConfigResource resource) {
    try {
      return get(admin.describeConfigs(List.of(resource)).all()).get(resource);
    } catch (ExecutionException failed) {
      findings.add(
          Finding.warning(
              "settings of %s \"%s\" cannot be seen: %s",
              resource.type().name().toLowerCase(Locale.ROOT),
              resource.name(),
              cause(failed.getCause())));
      return new Config(List.of());
    }
  }

  private static String said(Throwable failure) {
    if (failure instanceof UnknownTopicOrPartitionException) {
      return "does not exist; deploy/topics.sh makes all that Sluice needs";
    }
    return failure instanceof AuthorizationException
        ? "does not permit us to look at it"
        : cause(failure);
  }

  /** Why the group is not ours to use, if it is not. */
  private Optional<String> group(String group) {
    try {
      DescribeConsumerGroupsOptions withRights =
          new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true);
      Set<AclOperation> rights =
          get(admin.describeConsumerGroups(List.of(group), withRights).all())
              .get(group)
              .authorizedOperations();
      boolean permitted = rights == null || rights.contains(AclOperation.READ);
      return permitted
          ? Optional.empty()
          : Optional.of("group \"%s\" does not permit us to READ".formatted(group));
    } catch (ExecutionException failed) {
      return failed.getCause() instanceof GroupIdNotFoundException
          ? Optional.empty()
          : Optional.of("group \"%s\" %s".formatted(group, said(failed.getCause())));
    }
  }

  /**
   * It reads in a group of its own, and numbers what it publishes under a transactional id that all share. What live events
   * decide on a release goes out under an id of its own.
   */
  private void retraining(Ends ends) {
    String group = ends.readings().forRetraining(Start.EARLIEST).group();
    Stream.of(group(group), transactionalId(WeightsStore.numbering(ends.weights())))
        .flatMap(Optional::stream)
        .forEach(why -> findings.add(Finding.warning("retraining would fail: %s", why)));
    transactionalId(WeightsStore.ANY)
        .ifPresent(
            why -> findings.add(Finding.warning("decisions on weights would fail: %s", why)));
  }

  private void transactions(Delivery delivery) {
    if (delivery.promise() != Delivery.Promise.EXACTLY_ONCE) {
      return;
    }
    transactionalId(delivery.transactionPrefix() + "-check")
        .map(why -> Finding.problem("%s", why))
        .ifPresent(findings::add);
    Optional<Long> longest = longestTransaction();
    long asked = delivery.transactionTimeout().toMillis();
    if (longest.isPresent() && longest.get() < asked) {
      findings.add(
          Finding.problem(
              "the transaction time-out is %d ms, the brokers' %s is %d: lower job.transactionTimeout or raise theirs",
              asked, MAX_TRANSACTION, longest.get()));
    } else if (longest.isPresent()) {
      findings.add(
          Finding.fine(
              "an outage of up to %d s loses nothing (transaction time-out)", asked / 1000));
    }
  }

  /** Why that id is not ours to use, if it is not. */
  private Optional<String> transactionalId(String id) {
    try {
      get(admin.describeTransactions(List.of(id)).all());
      return Optional.empty();
    } catch (ExecutionException failed) {
      return failed.getCause() instanceof TransactionalIdNotFoundException
          ? Optional.empty()
          : Optional.of("transactional id \"%s\" %s".formatted(id, said(failed.getCause())));
    }
  }

  private Optional<Long> longestTransaction() {
    try {
      String node = get(admin.describeCluster().nodes()).iterator().next().idString();
      Config config = config(new ConfigResource(ConfigResource.Type.BROKER, node));
      return Optional.ofNullable(config.get(MAX_TRANSACTION))
          .map(ConfigEntry::value)
          .map(Long::valueOf);
    } catch (ExecutionException failed) {
      return Optional.empty();
    }
  }

  private static <T> T get(KafkaFuture<T> answer) throws ExecutionException {
    try {
      return answer.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while asking the brokers", interrupted);
    }
  }

  private static String cause(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }

  @Override
  public void close() {
    admin.close();
  }
}
