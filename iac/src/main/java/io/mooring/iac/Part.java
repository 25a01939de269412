package io.mooring.iac;

/** A part of the stack that a stage can do without; keys, table, buckets and queues it cannot. */
enum Part {
  FUNCTIONS,
  HTTP_GATE,
  SOCKET_GATE,
  SCHEDULES,
  DEVICES,
  DISTRIBUTION,
  ALARMS,
  BUDGET,
  SUPPORT
}
