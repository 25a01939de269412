package io.mooring.platform.commit.simulation;

import io.mooring.platform.commit.Pace;

/** One process of the platform, which can die at any moment, and whose clock may be wrong. */
public final class Process implements Pace {
  private final World world;
  private final long skewMillis;
  private boolean dead;
  private long resumptionsLeft = Long.MAX_VALUE;

  public Process(World world, long skewMillis) {
    this.world = world;
    this.skewMillis = skewMillis;
  }

  public void die() {
    dead = true;
  }

  public boolean isDead() {
    return dead;
  }

  /** Dies instead of going on for that time: where it awaits something, or begins it. */
  public void dieAt(long resumption) {
    resumptionsLeft = resumption;
  }

  /** Whether it is dead, now that one of its strands is to go on. */
  boolean diesHere() {
    dead |= resumptionsLeft-- == 0;
    return dead;
  }

  @Override
  public long wallMillis() {
    return world.now() + skewMillis;
  }

  @Override
  public long steadyMillis() {
    return world.now();
  }

  @Override
  public void run(Runnable task) {
    world.start(this, task);
  }

  @Override
  public Gate gate() {
    return world.gate();
  }
}
