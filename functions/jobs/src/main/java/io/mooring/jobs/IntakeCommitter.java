package io.mooring.jobs;

import io.mooring.platform.commit.GroupCommitter;

/** The committer that commits what others sent to the intake. */
record IntakeCommitter(GroupCommitter committer) {}
