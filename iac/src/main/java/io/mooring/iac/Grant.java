package io.mooring.iac;

/** A right that a function has beyond reading the table's shape and writing its own log. */
enum Grant {
  READ,
  HINT,
  COMMIT,
  DERIVE,
  OBJECTS,
  /** To make them, too: whoever first needs one makes it, and nobody writes over it. */
  SECRETS,
  INTAKE_SEND,
  INTAKE_TAKE,
  EVENTS_DEAD_SEND,
  OPERATOR_KEY
}
