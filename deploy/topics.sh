#!/usr/bin/env bash
# Creates Sluice's topics with Kafka's own tools; a topic that exists is left as it is.
#   topics.sh BOOTSTRAP [CLIENT_PROPERTIES]
# PARTITIONS (8) bounds the parallelism of reading, REPLICATION (3) the brokers one may lose,
# KEEP_DAYS (30) how long rows stay, PREFIX () stands before each name. FEEDBACK () names the topic on
# which people say what they think of alerts (feedback.topic); without it there is none.
set -euo pipefail

[ $# -ge 1 ] || { sed -n '2,6s/^# //p' "$0" >&2; exit 2; }
bootstrap=$1
client=${2:-}
partitions=${PARTITIONS:-8}
replication=${REPLICATION:-3}
keep_ms=$((${KEEP_DAYS:-30} * 24 * 60 * 60 * 1000))
kafka_topics=${KAFKA_TOPICS:-/opt/kafka/bin/kafka-topics.sh}
min_isr=$((replication > 1 ? 2 : 1))

topic() { # NAME PARTITIONS SETTING...
  local name=${PREFIX:-}$1 settings=(--config "min.insync.replicas=$min_isr") setting
  for setting in "${@:3}"; do settings+=(--config "$setting"); done
  "$kafka_topics" --bootstrap-server "$bootstrap" ${client:+--command-config "$client"} \
    --create --if-not-exists --topic "$name" --partitions "$2" \
    --replication-factor "$replication" "${settings[@]}"
}

kept="retention.ms=$keep_ms"
topic readings "$partitions" "$kept"
topic forecasts "$partitions" "$kept"
topic verdicts "$partitions" "$kept"
topic late "$partitions" "$kept"
topic dead-letters "$partitions" "$kept"
# The model store: one partition keeps a release's parts in order; the newest of each key stays.
topic weights 1 cleanup.policy=compact min.cleanable.dirty.ratio=0.1 segment.ms=86400000
[ -z "${FEEDBACK:-}" ] || topic "$FEEDBACK" 1 "$kept"
