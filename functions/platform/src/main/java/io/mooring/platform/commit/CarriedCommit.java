package io.mooring.platform.commit;

/** A commit with all that it carries. */
public record CarriedCommit(Commit commit, Body body) {}
