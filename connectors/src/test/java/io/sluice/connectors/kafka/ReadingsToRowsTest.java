package io.sluice.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connectors.Arrival;
import io.sluice.connectors.Examples;
import io.sluice.connectors.Flows;
import io.sluice.connectors.Row;
import io.sluice.connectors.broker.EmbeddedBroker;
import io.sluice.connectors.mapping.Mapping;
import io.sluice.connectors.mapping.TimeForm;
import io.sluice.connectors.wire.Wire;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReadingsToRowsTest {
  private static final EmbeddedBroker broker = SharedBroker.get();

  @BeforeAll
  static void makeTopics() {
    broker.topic("readings", 2);
    for (String topic : List.of("forecasts", "verdicts", "late", "dead-letters")) {
      broker.topic(topic, 1);
    }
  }

  @Test
  void everyRecordEndsInTheTopicItBelongsTo() throws Exception {
    Log log = new Log(broker.bootstrap());
    log.write(
        reading("a", 1, 20.5),
        new ProducerRecord<>("readings", "b".getBytes(UTF_8), "rubbish".getBytes(UTF_8)),
        reading("c", 2, 21.5));

    job().execute();

    assertThat(log.read("forecasts"))
        .extracting(r -> new String(r.key(), UTF_8))
        .containsExactlyInAnyOrder("a", "c");
    assertThat(log.read("verdicts")).hasSize(2);
    assertThat(log.read("late")).hasSize(2);
    List<ConsumerRecord<byte[], byte[]>> dead = log.read("dead-letters");
    assertThat(dead)
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.key()).isEqualTo("b".getBytes(UTF_8));
              assertThat(new String(r.value(), UTF_8))
                  .contains("not JSON", "\"value\":\"cnViYmlzaA==\"");
            });
  }

  private static ProducerRecord<byte[], byte[]> reading(String series, long time, double celsius) {
    String json = "{\"id\":\"%s\",\"t\":%d,\"celsius\":%s}".formatted(series, time, celsius);
    return new ProducerRecord<>("readings", series.getBytes(UTF_8), json.getBytes(UTF_8));
  }

  private static StreamExecutionEnvironment job() {
    KafkaSettings kafka = new KafkaSettings(broker.bootstrap(), Map.of());
    Mapping mapping = new Mapping("id", "t", TimeForm.SECONDS, List.of("celsius"), List.of());
    ReadingsSettings readings = new ReadingsSettings("readings", "test", Start.EARLIEST, mapping);
    RowsSettings rows =
        new RowsSettings(
            RowsSettings.Topics.DEFAULT, Wire.JSON, Examples.LABELS, Delivery.EXACTLY_ONCE);
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, java.time.Duration.ofMillis(200));
    StreamExecutionEnvironment job =
        StreamExecutionEnvironment.getExecutionEnvironment(settings).setParallelism(2);
    job.fromSource(
            ReadingsSource.bounded(kafka, readings), WatermarkStrategy.noWatermarks(), "readings")
        .rebalance()
        .flatMap(answer())
        .returns(Flows.ROW)
        .rebalance()
        .sinkTo(RowsSink.of(kafka, rows));
    return job;
  }

  private static FlatMapFunction<Arrival, Row> answer() {
    return (arrival, out) -> {
      if (arrival instanceof Arrival.Decoded decoded) {
        out.collect(new Row.Forecasted(Examples.forecast(decoded.reading().series())));
        out.collect(new Row.Judged(Examples.verdict(decoded.reading().series())));
        out.collect(new Row.Late("test", decoded.original()));
      } else if (arrival instanceof Arrival.Rejected rejected) {
        out.collect(new Row.DeadLetter(rejected.reason(), rejected.original()));
      }
    };
  }
}
