package io.sluice.connectors.kafka;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.subscriber.KafkaSubscriber;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The partitions of one topic, which must be there: a job that reads one that is missing ends and says so, where Flink would
 * start it again for ever.
 *
 * <p>A topic that was there and is missing fails the job as anything does, and is the end of it where it is missing after
 * the restart too: a broker that has just started may not know it yet.
 */
final class OneTopic implements KafkaSubscriber {
  private static final long serialVersionUID = 1;

  private final String topic;

  /** Whether it was there when last asked for. */
  private transient boolean there;

  OneTopic(String topic) {
    this.topic = topic;
  }

  @Override
  public Set<TopicPartition> getSubscribedTopicPartitions(AdminClient admin) {
    try {
      Set<TopicPartition> partitions = partitions(admin);
      there = true;
      return partitions;
    } catch (UnknownTopicOrPartitionException unknown) {
      if (there) {
        there = false;
        throw missing(topic);
      }
      throw new SuppressRestartsException(missing(topic));
    }
  }

  /** Says before a job is started what it would end of. */
  void expect(KafkaSettings kafka) {
    try (Admin admin = Admin.create(kafka.asking())) {
      partitions(admin);
    } catch (UnknownTopicOrPartitionException unknown) {
      throw missing(topic);
    } catch (TimeoutException silence) {
      throw new IllegalStateException(
          "no broker answers at %s: is kafka.bootstrap right, and may this machine reach it?"
              .formatted(kafka.bootstrap()),
          silence);
    } catch (KafkaException failed) {
      throw new IllegalStateException(
          "topic \"%s\" cannot be read from %s: %s"
              .formatted(topic, kafka.bootstrap(), failed.getMessage()),
          failed);
    }
  }

  static IllegalStateException missing(String topic) {
    return new IllegalStateException(
        "topic \"%s\" does not exist: is that its name? deploy/topics.sh makes all that Sluice needs"
            .formatted(topic));
  }

  private Set<TopicPartition> partitions(Admin admin) {
    try {
      TopicDescription described =
          admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
      return described.partitions().stream()
          .map(partition -> new TopicPartition(topic, partition.partition()))
          .collect(Collectors.toSet());
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof KafkaException known
          ? known
          : new KafkaException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while asking the brokers", interrupted);
    }
  }
}
