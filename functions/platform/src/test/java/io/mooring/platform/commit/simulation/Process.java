package io.mooring.platform.commit.simulation;

import io.mooring.platform.commit.Pace;

/** One process of the platform, which can die at any moment, and whose clock may be wrong. */
final class Process implements Pace {
  private final World world;
  private final long skewMillis;
  private boolean dead;

  Process(World world, long skewMillis) {
    this.world = world;
    this.skewMillis = skewMillis;
  }

  void die() {
    dead = true;
  }

  boolean isDead() {
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
