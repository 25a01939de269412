package io.mooring.tenants;

import io.mooring.platform.identity.Caller;
import java.time.Instant;

/** A caller, and until when the credential says so. */
record Authorised(Caller caller, Instant until) {}
