package io.mooring.iac;

/** A right that a function has beyond reading the table's shape and writing its own log. */
enum Grant {
  READ,
  HINT,
  COMMIT,
  DERIVE,
  OBJECTS,
  SECRETS_READ,
  SECRETS_KEEP,
  INTAKE_SEND,
  INTAKE_TAKE,
  OPERATOR_KEY
}
